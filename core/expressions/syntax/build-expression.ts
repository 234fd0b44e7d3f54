import type { SyntaxNode } from "@lezer/common";
import {
  buildArguments,
  buildBounds,
  buildComparison,
  buildComprehension,
  buildEntry,
  child,
} from "./build-parts.ts";
import type { BinaryOperator, Expression, InterpolatedText, Range } from "./expression.ts";
import { readPythonClock } from "./python-clock.ts";
import { readInterpolated, readLiteral } from "./read-literal.ts";
import { accessOf, type BuildContext, named, operandsOf, rangeOf, textOf } from "./tree-nodes.ts";
import { markTypeNames } from "./type-names.ts";

/** Turns the tree of an expression, which has no error in it, into its syntax. */
export function buildExpression(node: SyntaxNode, context: BuildContext): Expression {
  const range = rangeOf(node, context);
  switch (node.name) {
    case "Expression":
    case "Parenthesized":
      return buildExpression(operandsOf(node)[0] as SyntaxNode, context);
    case "VariableName":
    case "StageRoot":
      return { kind: "name", name: textOf(node, context), ...range };
    case "Number":
      return { kind: "literal", value: Number(textOf(node, context)), ...range };
    case "Literal":
      return { kind: "literal", value: readKeyword(textOf(node, context)), ...range };
    case "String":
      return buildText(range, context);
    case "Member":
      return {
        kind: "member",
        object: child(node, 0, context),
        ...named(node, context),
        access: accessOf(node),
        ...range,
      };
    case "MethodCall":
      return readPythonClock({
        kind: "method",
        object: child(node, 0, context),
        ...named(node, context),
        access: accessOf(node),
        arguments: buildArguments(node.getChild("ArgumentList"), context),
        ...range,
      });
    case "Index":
      return {
        kind: "index",
        object: child(node, 0, context),
        index: child(node, 1, context),
        access: accessOf(node),
        ...range,
      };
    case "Slice":
      return {
        kind: "slice",
        object: child(node, 0, context),
        ...buildBounds(node, context),
        access: accessOf(node),
        ...range,
      };
    case "Call":
      return markTypeNames({
        kind: "call",
        style: "call",
        ...named(node, context),
        arguments: buildArguments(node.getChild("ArgumentList"), context),
        ...range,
      });
    case "Filter": {
      const rest = buildArguments(node.getChild("ArgumentList"), context);
      const positional = [child(node, 0, context), ...rest.positional];
      return {
        kind: "call",
        style: "filter",
        ...named(node, context),
        arguments: { positional, named: rest.named },
        ...range,
      };
    }
    case "Unary": {
      const operator = context.text[range.start] ?? "";
      const operand = child(node, 0, context);
      if (operator === "!") return { kind: "not", operand, ...range };
      return { kind: "unary", operator: operator === "-" ? "-" : "+", operand, ...range };
    }
    case "Not":
      return { kind: "not", operand: child(node, 0, context), ...range };
    case "And":
      return {
        kind: "logical",
        operator: "and",
        left: child(node, 0, context),
        right: child(node, 1, context),
        ...range,
      };
    case "Or":
      return {
        kind: "logical",
        operator: "or",
        left: child(node, 0, context),
        right: child(node, 1, context),
        ...range,
      };
    case "Coalesce":
      return {
        kind: "logical",
        operator: "??",
        left: child(node, 0, context),
        right: child(node, 1, context),
        ...range,
      };
    case "Binary":
      return {
        kind: "binary",
        operator: readOperator(node, context),
        left: child(node, 0, context),
        right: child(node, 1, context),
        ...range,
      };
    case "Compare":
      return markTypeNames(buildComparison(node, context));
    case "Is":
      return {
        kind: "test",
        operand: child(node, 0, context),
        ...named(node, context),
        sense: node.getChild("not") === null ? "is" : "is not",
        arguments: buildArguments(node.getChild("ArgumentList"), context),
        ...range,
      };
    case "Conditional": {
      const [first, second, third] = [
        child(node, 0, context),
        child(node, 1, context),
        child(node, 2, context),
      ];
      return node.getChild("if") === null
        ? { kind: "conditional", test: first, then: second, otherwise: third, ...range }
        : { kind: "conditional", test: second, then: first, otherwise: third, ...range };
    }
    case "List":
    case "Tuple":
      return {
        kind: "list",
        items: operandsOf(node).map((each) => buildExpression(each, context)),
        ...range,
      };
    case "Dictionary":
      return {
        kind: "dictionary",
        entries: node.getChildren("Pair").map((each) => buildEntry(each, context)),
        ...range,
      };
    case "ListComprehension":
    case "Generator":
    case "Generated":
      return buildComprehension(node, { kind: "list", item: child(node, 0, context) }, context);
    case "SetComprehension":
      return buildComprehension(node, { kind: "set", item: child(node, 0, context) }, context);
    case "DictionaryComprehension":
      return buildComprehension(
        node,
        { kind: "dictionary", entry: buildEntry(node.getChild("Pair") as SyntaxNode, context) },
        context,
      );
  }
  throw new Error(`The grammar has a node that nothing reads: ${node.name}`);
}

function readKeyword(text: string): null | boolean {
  if (text === "true" || text === "True") return true;
  return text === "false" || text === "False" ? false : null;
}

function buildText(range: Range, context: BuildContext): Expression {
  const { text, parseInterpolation } = context;
  if (parseInterpolation === null || !text.slice(range.start, range.end).includes("{{")) {
    return { kind: "literal", value: readLiteral(text, range.start, range.end), ...range };
  }
  const parts: (string | Expression)[] = [];
  for (const piece of readInterpolated(text, range.start, range.end)) {
    if (piece.kind === "text") parts.push(piece.text);
    else parts.push(parseInterpolation(piece.start, piece.end) ?? "");
  }
  if (parts.every((part) => typeof part === "string"))
    return { kind: "literal", value: parts.join(""), ...range };
  return { kind: "interpolated", parts, ...range } satisfies InterpolatedText;
}

const operatorNodes = ["AddOperator", "ConcatOperator", "MultiplyOperator", "PowerOperator"];

function readOperator(node: SyntaxNode, context: BuildContext): BinaryOperator {
  const operator = operatorNodes.map((name) => node.getChild(name)).find((each) => each !== null);
  // The grammar's operator tokens are exactly the members of BinaryOperator.
  return textOf(operator as SyntaxNode, context) as BinaryOperator;
}
