import type { SyntaxNode } from "@lezer/common";
import type {
  Access,
  Arguments,
  BinaryOperator,
  Comparison,
  ComparisonOperator,
  Comprehension,
  Entry,
  Expression,
  ForClause,
  InterpolatedText,
  NamedArgument,
  Range,
} from "./expression.ts";
import { readInterpolated, readLiteral } from "./read-literal.ts";
import { markTypeNames } from "./type-names.ts";

/** What a tree without errors is read with. */
export interface BuildContext {
  readonly text: string;
  /** Where the text of the tree starts in `text`. */
  readonly base: number;
  /** Parses what stands between `{{` and `}}` in a quoted literal; null where quoted literals are plain. */
  readonly parseInterpolation: ((start: number, end: number) => Expression | null) | null;
}

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
      return {
        kind: "method",
        object: child(node, 0, context),
        ...named(node, context),
        access: accessOf(node),
        arguments: buildArguments(node.getChild("ArgumentList"), context),
        ...range,
      };
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

const OPERANDS: ReadonlySet<string> = new Set([
  "Conditional",
  "Coalesce",
  "Or",
  "And",
  "Not",
  "Compare",
  "Is",
  "Binary",
  "Unary",
  "Filter",
  "Member",
  "MethodCall",
  "Index",
  "Slice",
  "Call",
  "VariableName",
  "StageRoot",
  "Number",
  "String",
  "Literal",
  "Parenthesized",
  "Tuple",
  "Generator",
  "List",
  "ListComprehension",
  "Dictionary",
  "DictionaryComprehension",
  "SetComprehension",
]);

function operandsOf(node: SyntaxNode): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  for (let each = node.firstChild; each !== null; each = each.nextSibling) {
    if (OPERANDS.has(each.name)) operands.push(each);
  }
  return operands;
}

function child(node: SyntaxNode, position: number, context: BuildContext): Expression {
  const operand = operandsOf(node)[position];
  if (operand === undefined) throw new Error(`${node.name} has no operand ${position}`);
  return buildExpression(operand, context);
}

function rangeOf(node: SyntaxNode, context: BuildContext): Range {
  return { start: node.from + context.base, end: node.to + context.base };
}

function textOf(node: SyntaxNode, context: BuildContext): string {
  return context.text.slice(node.from + context.base, node.to + context.base);
}

const NAMES: ReadonlySet<string> = new Set([
  "PropertyName",
  "StageName",
  "FunctionName",
  "FilterName",
  "TestName",
]);

function named(
  node: SyntaxNode,
  context: BuildContext,
): { readonly name: string; readonly nameRange: Range } {
  for (let each = node.lastChild; each !== null; each = each.prevSibling) {
    if (NAMES.has(each.name)) return { name: textOf(each, context), nameRange: rangeOf(each, context) };
  }
  throw new Error(`${node.name} has no name`);
}

function accessOf(node: SyntaxNode): Access {
  return node.getChild("OptionalDot") === null ? "required" : "optional";
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

function buildBounds(
  node: SyntaxNode,
  context: BuildContext,
): { readonly from: Expression | null; readonly to: Expression | null; readonly step: Expression | null } {
  const bounds: [Expression | null, Expression | null, Expression | null] = [null, null, null];
  let position = -1;
  for (let each = node.firstChild; each !== null; each = each.nextSibling) {
    if (each.name === "[") position = 0;
    else if (each.name === "SliceColon") position++;
    else if (position >= 0 && OPERANDS.has(each.name)) bounds[position] = buildExpression(each, context);
  }
  return { from: bounds[0], to: bounds[1], step: bounds[2] };
}

function buildArguments(node: SyntaxNode | null, context: BuildContext): Arguments {
  const positional: Expression[] = [];
  const namedArguments: NamedArgument[] = [];
  for (let each = node?.firstChild ?? null; each !== null; each = each.nextSibling) {
    if (each.name === "NamedArgument") {
      const name = textOf(each.firstChild as SyntaxNode, context);
      namedArguments.push({ name, value: child(each, 0, context), ...rangeOf(each, context) });
    } else if (each.name === "Generated" || OPERANDS.has(each.name))
      positional.push(buildExpression(each, context));
  }
  return { positional, named: namedArguments };
}

const operatorNodes = ["AddOperator", "ConcatOperator", "MultiplyOperator", "PowerOperator"];

function readOperator(node: SyntaxNode, context: BuildContext): BinaryOperator {
  const operator = operatorNodes.map((name) => node.getChild(name)).find((each) => each !== null);
  // The grammar's operator tokens are exactly the members of BinaryOperator.
  return textOf(operator as SyntaxNode, context) as BinaryOperator;
}

/** `a < b < c` is parsed as `(a < b) < c`; only where no parentheses were written is it one chain. */
function buildComparison(node: SyntaxNode, context: BuildContext): Comparison {
  const rest: { operator: ComparisonOperator; operand: Expression }[] = [];
  let left = node;
  for (;;) {
    const [first, second] = operandsOf(left) as [SyntaxNode, SyntaxNode];
    rest.unshift({
      operator: readComparison(left.getChild("CompareOperator"), context),
      operand: buildExpression(second, context),
    });
    if (first.name !== "Compare") {
      return { kind: "comparison", first: buildExpression(first, context), rest, ...rangeOf(node, context) };
    }
    left = first;
  }
}

function readComparison(node: SyntaxNode | null, context: BuildContext): ComparisonOperator {
  const text = node === null ? "" : textOf(node, context);
  if (text === "===") return "==";
  if (text === "!==") return "!=";
  // The grammar's tokens are these; `not in` may have any space between its words.
  return text.startsWith("not") ? "not in" : (text as ComparisonOperator);
}

function buildEntry(node: SyntaxNode, context: BuildContext): Entry {
  return { key: child(node, 0, context), value: child(node, 1, context) };
}

function buildComprehension(
  node: SyntaxNode,
  yields: Comprehension["yields"],
  context: BuildContext,
): Comprehension {
  const clauses = node.getChildren("ForClause").map(
    (clause): ForClause => ({
      targets: clause
        .getChildren("Target")
        .map((each) => ({ name: textOf(each, context), ...rangeOf(each, context) })),
      iterable: child(clause, 0, context),
      conditions: clause.getChildren("IfClause").map((each) => child(each, 0, context)),
    }),
  );
  return { kind: "comprehension", yields, clauses, ...rangeOf(node, context) };
}
