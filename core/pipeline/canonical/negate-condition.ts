import {
  childrenOf,
  type Expression,
  parseExpression,
  parseTemplate,
  type Reference,
  references,
  wholeExpression,
} from "#core/expressions";
import type { Stage } from "../model.ts";
import { fieldNamed, fieldsOf } from "../stage/field-reader.ts";
import type { TextEdit } from "../text-edit.ts";
import type { Renaming } from "./rewrite-references.ts";

/**
 * The edits that turn the text of a `skip_if` into that of a `when` with the same outcome, in offsets of the text.
 * Undefined where it cannot be parsed. `not` guards the paths in it (design, "Expressions"): it is used where no
 * path can be missing, and where it was written before.
 */
export function negateCondition(
  text: string,
  stage: Stage,
  renaming: Renaming,
): readonly TextEdit[] | undefined {
  const parsed = wholeExpression(parseTemplate(text)) ?? parseExpression(text);
  const { expression } = parsed;
  if (expression === null || parsed.problems.length > 0) return undefined;
  const { start, end } = expression;
  const found = hasComputedPath(expression) ? null : references(parsed);
  if (expression.kind === "not") {
    const { operand } = expression;
    // Under `not` every path is guarded: without it, each has to lead somewhere.
    if (found === null || !found.every((reference) => isThere(reference, stage, renaming))) {
      return [insert(start, "not ("), insert(end, ")")];
    }
    return [
      { offset: start, length: operand.start - start, text: "" },
      { offset: operand.end, length: end - operand.end, text: "" },
    ];
  }
  if (found === null || !found.every((each) => each.guarded || isThere(each, stage, renaming))) {
    return [insert(start, "bool("), insert(end, ") == false")];
  }
  switch (expression.kind) {
    case "name":
    case "member":
    case "index":
    case "method":
    case "literal":
      return [insert(start, "not ")];
    case "call":
    case "interpolated":
    case "slice":
    case "unary":
    case "binary":
    case "logical":
    case "comparison":
    case "test":
    case "conditional":
    case "list":
    case "dictionary":
    case "comprehension":
      return [insert(start, "not ("), insert(end, ")")];
  }
}

/** Whether a path leads to something whenever the condition is evaluated. */
function isThere(reference: Reference, stage: Stage, { names, vocabulary, document }: Renaming): boolean {
  const { root, path } = reference;
  const variables = names.variablesOf(stage);
  if (variables.has(root)) return path.length === 0;
  if (root === "input") {
    const declared = fieldsOf(
      fieldNamed(fieldsOf(document.pipeline.inputSchema ?? undefined), "properties")?.value,
    );
    const [name] = path;
    return path.length === 1 && typeof name === "string" && fieldNamed(declared, name) !== undefined;
  }
  const named = names.stageOf(reference, stage, variables);
  if (named === undefined) return false;
  const { stage: read, steps } = named;
  const [field, ...deeper] = path.slice(steps + (path[steps] === "output" ? 1 : 0));
  const gives = read.componentType === null ? undefined : vocabulary(read.componentType)?.alwaysGives;
  return (
    typeof field === "string" &&
    deeper.length === 0 &&
    (gives?.has(field) === true || (field === "branch_taken" && read.componentType === "conditional")) &&
    read.onError?.value !== "continue" &&
    stage.triggerRule === null &&
    stage.dependsOn.length > 0 &&
    stage.dependsOn.every(({ value }) => names.find(value, stage) === read)
  );
}

function insert(offset: number, text: string): TextEdit {
  return { offset, length: 0, text };
}

/** Whether a path starts at something else than a name, and may then lead nowhere without anybody knowing. */
function hasComputedPath(expression: Expression): boolean {
  const isComputed = "object" in expression && !leadsFromName(expression.object);
  return isComputed || childrenOf(expression).some(hasComputedPath);
}

function leadsFromName(object: Expression): boolean {
  return object.kind === "name" || ("object" in object && leadsFromName(object.object));
}
