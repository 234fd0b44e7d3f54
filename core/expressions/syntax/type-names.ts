import type { Comparison, Expression, FunctionCall } from "./expression.ts";

/** Names of types, as `type(x)` gives them. `tuple` and `set` are lists here. */
export const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ["str", "str"],
  ["int", "int"],
  ["float", "float"],
  ["bool", "bool"],
  ["list", "list"],
  ["tuple", "list"],
  ["set", "list"],
  ["dict", "dict"],
  ["NoneType", "NoneType"],
]);

/** In `isinstance(x, str)` and `type(x) == str` the type's name stands for itself. */
export function markTypeNames(expression: FunctionCall | Comparison): Expression {
  if (expression.kind === "call") {
    if (expression.name !== "isinstance") return expression;
    const [value, ...types] = expression.arguments.positional;
    if (value === undefined) return expression;
    const positional = [value, ...types.map(asTypeName)];
    return { ...expression, arguments: { positional, named: expression.arguments.named } };
  }
  const operands = [expression.first, ...expression.rest.map(({ operand }) => operand)];
  if (!operands.some((operand) => operand.kind === "call" && operand.name === "type")) return expression;
  return {
    ...expression,
    first: asTypeName(expression.first),
    rest: expression.rest.map(({ operator, operand }) => ({ operator, operand: asTypeName(operand) })),
  };
}

function asTypeName(expression: Expression): Expression {
  if (expression.kind === "list") return { ...expression, items: expression.items.map(asTypeName) };
  const type = expression.kind === "name" ? TYPE_NAMES.get(expression.name) : undefined;
  return type === undefined
    ? expression
    : { kind: "literal", value: type, start: expression.start, end: expression.end };
}
