import type { SyntaxNode } from "@lezer/common";
import { buildExpression } from "./build-expression.ts";
import type {
  Arguments,
  Comparison,
  ComparisonOperator,
  Comprehension,
  Entry,
  Expression,
  ForClause,
  NamedArgument,
} from "./expression.ts";
import { type BuildContext, isOperand, operandsOf, rangeOf, textOf } from "./tree-nodes.ts";

/** The expression at a position among the children that are expressions. */
export function child(node: SyntaxNode, position: number, context: BuildContext): Expression {
  const operand = operandsOf(node)[position];
  if (operand === undefined) throw new Error(`${node.name} has no operand ${position}`);
  return buildExpression(operand, context);
}

/** The bounds of a slice: what stands before, between and after its colons. */
export function buildBounds(
  node: SyntaxNode,
  context: BuildContext,
): { readonly from: Expression | null; readonly to: Expression | null; readonly step: Expression | null } {
  const bounds: [Expression | null, Expression | null, Expression | null] = [null, null, null];
  let position = -1;
  for (let each = node.firstChild; each !== null; each = each.nextSibling) {
    if (each.name === "[") position = 0;
    else if (each.name === "SliceColon") position++;
    else if (position >= 0 && isOperand(each)) bounds[position] = buildExpression(each, context);
  }
  return { from: bounds[0], to: bounds[1], step: bounds[2] };
}

/** What stands in the parentheses of a call; nothing where there are none. */
export function buildArguments(node: SyntaxNode | null, context: BuildContext): Arguments {
  const positional: Expression[] = [];
  const namedArguments: NamedArgument[] = [];
  for (let each = node?.firstChild ?? null; each !== null; each = each.nextSibling) {
    if (each.name === "NamedArgument") {
      const name = textOf(each.firstChild as SyntaxNode, context);
      namedArguments.push({ name, value: child(each, 0, context), ...rangeOf(each, context) });
    } else if (each.name === "Generated" || isOperand(each)) positional.push(buildExpression(each, context));
  }
  return { positional, named: namedArguments };
}

/** `a < b < c` is parsed as `(a < b) < c`; only where no parentheses were written is it one chain. */
export function buildComparison(node: SyntaxNode, context: BuildContext): Comparison {
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

/** A key and its value. */
export function buildEntry(node: SyntaxNode, context: BuildContext): Entry {
  return { key: child(node, 0, context), value: child(node, 1, context) };
}

/** A comprehension of any shape: what it yields was read by its shape. */
export function buildComprehension(
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

function readComparison(node: SyntaxNode | null, context: BuildContext): ComparisonOperator {
  const text = node === null ? "" : textOf(node, context);
  if (text === "===") return "==";
  if (text === "!==") return "!=";
  // The grammar's tokens are these; `not in` may have any space between its words.
  return text.startsWith("not") ? "not in" : (text as ComparisonOperator);
}
