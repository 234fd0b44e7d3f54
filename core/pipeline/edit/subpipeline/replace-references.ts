import { parseExpression, parseTemplate, type Reference, references } from "#core/expressions";
import { applyTextEdits, type TextEdit } from "../../text-edit.ts";

/** How much of a reference is replaced, in steps of its path, and by what. */
export interface Replacement {
  /** Null: all of the reference that is known without evaluating. */
  readonly steps: number | null;
  readonly text: string;
}

/** The references of a text; none where it cannot be parsed. */
export function referencesIn(kind: "template" | "expression", text: string): readonly Reference[] {
  const parsed = kind === "template" ? parseTemplate(text) : parseExpression(text);
  return parsed.problems.length > 0 ? [] : references(parsed);
}

/** Puts other expressions in place of references. Undefined where the text could not be read any more. */
export function replaceReferences(
  kind: "template" | "expression",
  text: string,
  choose: (reference: Reference) => Replacement | null,
): readonly TextEdit[] | undefined {
  const edits = referencesIn(kind, text).flatMap((reference): readonly TextEdit[] => {
    const chosen = choose(reference);
    if (chosen === null) return [];
    const end = chosen.steps === null ? reference.end : endOf(text, reference, chosen.steps);
    return [{ offset: reference.start, length: end - reference.start, text: chosen.text }];
  });
  if (edits.length === 0) return edits;
  const parse = kind === "template" ? parseTemplate : parseExpression;
  return parse(applyTextEdits(text, edits)).problems.length > 0 ? undefined : edits;
}

/** Where a number of steps of a reference ends, a bracket around the last of them included. */
function endOf(text: string, { rootRange, pathRanges }: Reference, steps: number): number {
  const last = steps === 0 ? undefined : pathRanges[steps - 1];
  if (last === undefined) return rootRange.end;
  const close = /^\s*\]/.exec(text.slice(last.end));
  const opensBracket = /\[\s*$/.test(text.slice(rootRange.start, last.start));
  return last.end + (opensBracket ? (close?.[0].length ?? 0) : 0);
}
