import type { ExpressionScope } from "#core/checks";
import { functionReference, type NamedSignature, type ValueType } from "#core/expressions";
import type { FieldCompletions } from "#protocol";
import { expressionStart } from "./expression-around.ts";
import type { FieldPlace } from "./field-place.ts";
import { pathBefore } from "./path-before.ts";

type Item = FieldCompletions["items"][number];

const none: FieldCompletions = { from: 0, items: [] };

/** What can stand at an offset of a field's text. */
export function completeExpression(
  text: string,
  offset: number,
  place: FieldPlace,
  scope: ExpressionScope,
): FieldCompletions {
  const start = place.kind === "expression" ? 0 : expressionStart(text, offset);
  if (start === null) return none;
  const before = pathBefore(text.slice(start, offset));
  if (before === null) return none;
  const { root, path, begun, filter } = before;
  const from = offset - begun.length;
  if (filter) return { from, items: functionItems("function") };
  if (root === null) {
    const names = scope.names.map(({ name, kind, type, about }) => itemOf(name, kind, type, about));
    return {
      from,
      items: [
        ...names,
        ...wholePaths(scope),
        ...functionItems("function"),
        ...words.map((word) => itemOf(word, "word", "", "")),
      ],
    };
  }
  const members = scope
    .membersOf(root, path)
    .filter(({ name }) => writable.test(name))
    .map(({ name, type, about }) => itemOf(name, "member", type, about));
  return { from, items: [...members, ...methodItems(scope.typeOfPath(root, path))] };
}

/** Names that can stand behind a dot. */
const writable = /^[\p{L}_$][\p{L}\p{N}_$]*(-[\p{L}\p{N}]+)*$/u;

const words = ["and", "or", "not", "in", "if", "else", "for", "true", "false", "null"] as const;

/** Of more stages than these only the last ones have each field of their output listed. */
const DETAILED = 30;

/** The inputs of the pipeline and the outputs of the stages before, each as the whole path that leads there. */
function wholePaths(scope: ExpressionScope): readonly Item[] {
  const inputs = scope.membersOf("input", []).map((each) => ["input", each] as const);
  const outputs = scope
    .membersOf("upstream", [])
    .filter(({ name }) => writable.test(name))
    .slice(-DETAILED)
    .flatMap((stage) => {
      const members = scope.membersOf("upstream", [stage.name]);
      return members.map((each) => [`upstream.${stage.name}`, each] as const);
    });
  return [...inputs, ...outputs]
    .filter(([, { name }]) => writable.test(name))
    .map(([before, { name, type, about }]) => itemOf(`${before}.${name}`, "path", type, about));
}

function itemOf(label: string, kind: Item["kind"], detail: string, about: string): Item {
  return { label, kind, detail, about };
}

function functionItems(kind: NamedSignature["kind"]): readonly Item[] {
  return functionReference()
    .filter((each) => each.kind === kind)
    .map(({ name, signature }) => itemOf(name, "function", signature, ""));
}

/** Of a value that can be one kind only, or nothing, what that kind has. */
function methodItems({ kinds }: ValueType): readonly Item[] {
  const kind = kinds.filter((each) => each !== "null");
  const [only, ...others] = kind;
  if (only === undefined || others.length > 0) return [];
  switch (only) {
    case "text":
      return functionItems("text method");
    case "list":
      return functionItems("list method");
    case "object":
      return functionItems("object method");
    case "number":
    case "boolean":
      return [];
  }
}
