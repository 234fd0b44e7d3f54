import type { Arguments, Expression } from "./expression.ts";

/** The expressions directly inside an expression, in the order of their text where they have one. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "literal":
    case "name":
      return [];
    case "interpolated":
      return expression.parts.filter((part) => typeof part !== "string");
    case "member":
      return [expression.object];
    case "index":
      return [expression.object, expression.index];
    case "slice":
      return [expression.object, expression.from, expression.to, expression.step].filter(
        (each) => each !== null,
      );
    case "method":
      return [expression.object, ...argumentsOf(expression.arguments)];
    case "call":
      return argumentsOf(expression.arguments);
    case "unary":
    case "not":
      return [expression.operand];
    case "binary":
    case "logical":
      return [expression.left, expression.right];
    case "comparison":
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case "test":
      return [expression.operand, ...argumentsOf(expression.arguments)];
    case "conditional":
      return [expression.test, expression.then, expression.otherwise];
    case "list":
      return expression.items;
    case "dictionary":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "comprehension": {
      const { yields, clauses } = expression;
      const yielded = yields.kind === "dictionary" ? [yields.entry.key, yields.entry.value] : [yields.item];
      return [...yielded, ...clauses.flatMap(({ iterable, conditions }) => [iterable, ...conditions])];
    }
  }
}

/** How many expressions an expression consists of, itself included. */
export function countNodes(expression: Expression): number {
  return childrenOf(expression).reduce((count, child) => count + countNodes(child), 1);
}

function argumentsOf({ positional, named }: Arguments): readonly Expression[] {
  return [...positional, ...named.map(({ value }) => value)];
}
