import { isTemplate } from "#core/expressions";
import { unitStart } from "../document/locate.ts";
import { evaluatedTexts } from "../graph/evaluated-texts.ts";
import type { TextNode } from "../json/texts-in.ts";
import type { Stage } from "../model.ts";
import { spanInString } from "../string-offsets.ts";
import { applyTextEdits, type TextEdit } from "../text-edit.ts";
import { negateCondition } from "./negate-condition.ts";
import { type Renaming, rewriteReferences } from "./rewrite-references.ts";

/** What becomes of the texts of a stage. */
export interface CanonicalTexts {
  /** New literals by the absolute offset of the old ones. */
  readonly replaced: Map<number, string>;
  /** Whether the stage's `skip_if` can be written as `when`, its literal being among those replaced. */
  readonly negated: boolean;
  /** Texts whose references to stages written inside others cannot be kept. */
  readonly lost: readonly TextNode[];
  /** Conditionals of which a text takes the whole output. */
  readonly wholes: ReadonlySet<string>;
}

/** Rewrites every expression of a stage: references to stages, and a `skip_if` into its opposite. */
export function canonicalTexts(stage: Stage, renaming: Renaming): CanonicalTexts {
  const { document, vocabulary } = renaming;
  const base = unitStart(document, stage);
  const replaced = new Map<number, string>();
  const lost: TextNode[] = [];
  const wholes = new Set<string>();
  const condition = stage.when?.negated === true ? stage.when.condition : null;
  const isConstant = condition?.kind === "boolean" || condition?.kind === "number";
  let negated = isConstant;
  for (const { node, field } of evaluatedTexts(stage, (type) => vocabulary(type)?.deferred ?? {})) {
    const isSkipIf = node === condition;
    if (field.kind === "template" && !isTemplate(node.value)) continue;
    const text = { kind: field.kind, text: node.value, names: field.names };
    const { edits, wholes: taken } = rewriteReferences(text, stage, renaming);
    for (const id of taken) wholes.add(id);
    if (edits === undefined) lost.push(node);
    const opposite = isSkipIf ? negateCondition(node.value, stage, renaming) : undefined;
    if (isSkipIf) negated = opposite !== undefined;
    const all = [...(opposite ?? []), ...(edits ?? [])];
    if (all.length === 0) continue;
    const start = node.span.start + base;
    const literal = document.text.slice(start, node.span.end + base);
    replaced.set(start, editLiteral(literal, all));
  }
  if (isConstant) {
    const holds = condition.value !== 0 && condition.value !== false;
    replaced.set(condition.span.start + base, String(!holds));
  }
  return { replaced, negated, lost, wholes };
}

/** Edits of a string's value as edits of its literal, so that every escape around them stays as it is. */
function editLiteral(literal: string, edits: readonly TextEdit[]): string {
  const inLiteral = edits.map(({ offset, length, text }) => {
    const span = spanInString(literal, { start: offset, end: offset + length });
    return { offset: span.start, length: span.end - span.start, text: JSON.stringify(text).slice(1, -1) };
  });
  return applyTextEdits(literal, inLiteral);
}
