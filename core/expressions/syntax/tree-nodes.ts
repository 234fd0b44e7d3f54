import type { SyntaxNode } from "@lezer/common";
import type { Access, Expression, Range } from "./expression.ts";

/** What a tree without errors is read with. */
export interface BuildContext {
  readonly text: string;
  /** Where the text of the tree starts in `text`. */
  readonly base: number;
  /** Parses what stands between `{{` and `}}` in a quoted literal; null where quoted literals are plain. */
  readonly parseInterpolation: ((start: number, end: number) => Expression | null) | null;
}

/** The children that are expressions, in order. */
export function operandsOf(node: SyntaxNode): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  for (let each = node.firstChild; each !== null; each = each.nextSibling) {
    if (OPERANDS.has(each.name)) operands.push(each);
  }
  return operands;
}

/** Where a node stands in the text. */
export function rangeOf(node: SyntaxNode, context: BuildContext): Range {
  return { start: node.from + context.base, end: node.to + context.base };
}

/** What a node is written as. */
export function textOf(node: SyntaxNode, context: BuildContext): string {
  return context.text.slice(node.from + context.base, node.to + context.base);
}

/** The name of a member, method, function or test, with its range. */
export function named(
  node: SyntaxNode,
  context: BuildContext,
): { readonly name: string; readonly nameRange: Range } {
  for (let each = node.lastChild; each !== null; each = each.prevSibling) {
    if (NAMES.has(each.name)) return { name: textOf(each, context), nameRange: rangeOf(each, context) };
  }
  throw new Error(`${node.name} has no name`);
}

/** Whether a step of a path is written with `?.`. */
export function accessOf(node: SyntaxNode): Access {
  return node.getChild("OptionalDot") === null ? "required" : "optional";
}

const NAMES: ReadonlySet<string> = new Set([
  "PropertyName",
  "StageName",
  "FunctionName",
  "FilterName",
  "TestName",
]);

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

/** Whether a node is an expression. */
export function isOperand(node: SyntaxNode): boolean {
  return OPERANDS.has(node.name);
}
