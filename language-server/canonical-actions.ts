import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import { ruleOf, usesOlderSpelling } from "#core/checks";
import type { ComponentDefinition } from "#core/component-definitions";
import { componentVocabulary } from "#core/component-definitions";
import { canonicalText } from "#core/pipeline";
import { lineEdits } from "./line-edits.ts";
import type { OpenText } from "./open-text.ts";

/** The kinds of action that a file in an older spelling has. */
export const canonicalActionKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite];

/** What a client takes of code actions. */
export interface ActionAbilities {
  /** Whether the edit may come later, when the action is chosen. */
  readonly laterEdit: boolean;
  /** Whether an action may be shown with the reason why it cannot be done. */
  readonly disabled: boolean;
}

/**
 * "Convert to canonical form": a fix of the hint where it is, and a rewriting anywhere in such a file. The edit is
 * worked out when the action is chosen, where the client allows it: menus open at every move of the cursor.
 */
export function canonicalActions(
  { textDocument: { uri }, context }: CodeActionParams,
  open: OpenText,
  definitions: ReadonlyMap<string, ComponentDefinition>,
  abilities: ActionAbilities,
): readonly CodeAction[] {
  const document = open.read();
  if (!usesOlderSpelling(document)) return [];
  const wanted = (kind: string): boolean =>
    context.only === undefined || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const hints = context.diagnostics.filter(({ code }) => code === ruleOf("older-spelling")?.code);
  const rewriting: CodeAction = { title: TITLE, kind: CodeActionKind.RefactorRewrite };
  const fix: CodeAction = {
    title: TITLE,
    kind: CodeActionKind.QuickFix,
    diagnostics: hints,
    isPreferred: false,
  };
  const actions = [
    ...(hints.length > 0 && wanted(CodeActionKind.QuickFix) ? [fix] : []),
    ...(wanted(CodeActionKind.RefactorRewrite) ? [rewriting] : []),
  ];
  const error = document.problems.find(({ severity }) => severity === "error");
  if (error !== undefined) {
    const disabled = { reason: `The file has an error: ${error.message}` };
    return abilities.disabled ? actions.map((action) => ({ ...action, disabled })) : [];
  }
  const data: ActionData = { uri, version: open.version };
  return actions.flatMap((action) => {
    const resolvable = { ...action, data };
    if (abilities.laterEdit) return [resolvable];
    const resolved = withCanonicalEdit(resolvable, open, definitions);
    return resolved.ok ? [resolved.action] : [];
  });
}

/** The action with its edit, or why there is none. */
export function withCanonicalEdit(
  action: CodeAction,
  open: OpenText,
  definitions: ReadonlyMap<string, ComponentDefinition>,
): { readonly ok: true; readonly action: CodeAction } | { readonly ok: false; readonly message: string } {
  const document = open.read();
  // The data is our own, as canonicalActions gave it.
  const { uri, version } = action.data as ActionData;
  if (version !== open.version) {
    return { ok: false, message: "The text has changed since the menu was opened. Open it again." };
  }
  const canonical = canonicalText(document, componentVocabulary(definitions));
  if (!canonical.ok) return { ok: false, message: canonical.problem.message };
  const edits = [...lineEdits(document.text, canonical.text)];
  return { ok: true, action: { ...action, edit: { changes: { [uri]: edits } } } };
}

/** What an action carries until it is chosen. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
}

const TITLE = "Convert to canonical form";
