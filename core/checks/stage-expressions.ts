import type { ComponentDefinition } from "#core/component-definitions";
import {
  isTemplate,
  type ParsedExpression,
  type ParsedTemplate,
  parseExpression,
  parseTemplate,
  type Reference,
  references,
} from "#core/expressions";
import {
  fieldNamed,
  type JsonNode,
  type Span,
  type Stage,
  spanInString,
  type TextNode,
  textsIn,
} from "#core/pipeline";
import type { WrittenInput } from "./stage-facts.ts";

/** A text of a stage that is evaluated, parsed. */
export interface StageExpression {
  readonly text: string;
  readonly parsed: ParsedTemplate | ParsedExpression;
  /** The names it uses that are not its own. */
  readonly references: readonly Reference[];
  /** Names that only this place has: `data` in a template of json_transform, `output` in `outputs`. */
  readonly names: readonly string[];
  readonly place: "input" | "condition" | "output";
  /** Where a part of the text is written, relative to the stage's unit. */
  spanOf(part: Span): Span;
}

/** Every expression of a stage: in its inputs, its condition and the names it adds to its output. */
export function expressionsIn(
  stage: Stage,
  definition: ComponentDefinition | undefined,
  inputs: readonly WrittenInput[],
  literalOf: (node: JsonNode) => string,
): readonly StageExpression[] {
  const found: StageExpression[] = [];
  const add = (
    node: TextNode,
    kind: "template" | "expression",
    names: readonly string[],
    place: StageExpression["place"],
  ): void => {
    if (kind === "template" && !isTemplate(node.value)) return;
    const parsed = kind === "template" ? parseTemplate(node.value) : parseExpression(node.value);
    found.push({
      text: node.value,
      parsed,
      references: references(parsed),
      names,
      place,
      spanOf: spanIn(node.span.start, withoutText(literalOf(node), node.value)),
    });
  };
  for (const { field, value, from } of inputs) {
    // What no field takes is never evaluated, except what a sub-pipeline is given by names of its own.
    if (field === undefined && from !== "inputs" && definition !== undefined) continue;
    const deferred =
      field !== undefined && definition !== undefined ? own(definition.deferred, field) : undefined;
    for (const text of textsIn(value))
      add(text, deferred?.kind ?? "template", deferred?.names ?? [], "input");
  }
  for (const { key, value } of stage.fields)
    if (key === "strategy") for (const text of textsIn(value)) add(text, "template", [], "input");
  const approval = fieldNamed(stage.fields, "approval", "approve");
  if (approval !== undefined) for (const text of textsIn(approval.value)) add(text, "template", [], "input");
  if (stage.when !== null)
    for (const text of textsIn(stage.when.condition)) add(text, "expression", [], "condition");
  for (const { value } of stage.outputs)
    for (const text of textsIn(value)) add(text, "template", ["output"], "output");
  return found;
}

/** Out here, so that it holds on to nothing else: these functions live as long as their stage, for hours. */
function spanIn(start: number, literal: string): StageExpression["spanOf"] {
  return (part) => {
    const span = spanInString(literal, part);
    return { start: start + span.start, end: start + span.end };
  };
}

/** The literal as a string of its own: a slice would keep the text of each keystroke alive. The value does where nothing is escaped. */
function withoutText(literal: string, value: string): string {
  return literal.length === value.length + 2 ? `"${value}"` : ` ${literal}`.slice(1);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
