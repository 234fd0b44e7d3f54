import type { Tree } from "@lezer/common";
import { expressionParser } from "../grammar/expression.grammar.ts";
import type { LiteralMode } from "../grammar/scan.ts";
import { buildExpression } from "./build-expression.ts";
import { checkNames } from "./check-names.ts";
import { explainSyntax } from "./explain-syntax.ts";
import type { Expression } from "./expression.ts";
import type { ExpressionProblem } from "./problem.ts";

/**
 * How many levels of brackets, operators and paths an expression may have. It bounds the stack of everything that
 * walks an expression, and leaves room for a sum of some hundred terms.
 */
export const MAX_DEPTH = 300;

/** How many characters an expression may have: what is longer is text with stray braces around it. */
export const MAX_LENGTH = 10_000;

const fieldParser = expressionParser.configure({ dialect: "field" });

/** The error-tolerant tree of an expression, with ranges: for highlighting and completion. */
export function expressionTree(source: string, mode: LiteralMode = "plain"): Tree {
  return (mode === "plain" ? expressionParser : fieldParser).parse(source);
}

/**
 * Parses the expression that stands between two offsets of a text. Null, with a problem, when it cannot be used.
 * Ranges are those of the text.
 */
export function parseSource(
  text: string,
  start: number,
  end: number,
  mode: LiteralMode,
  problems: ExpressionProblem[],
): Expression | null {
  if (end - start > MAX_LENGTH) {
    const message = `The expression is longer than ${MAX_LENGTH} characters; split it, or escape braces that are text: \\{{.`;
    problems.push({ code: "too-long", message, start, end });
    return null;
  }
  const source = text.slice(start, end);
  const tree = expressionTree(source, mode);
  const inspection = inspect(tree);
  switch (inspection.kind) {
    case "error":
      problems.push(explainSyntax(text, start, end, start + inspection.offset, mode));
      return null;
    case "too-deep": {
      const message = `The expression is nested more than ${MAX_DEPTH} levels deep; split it, or compute parts in stages before.`;
      problems.push({ code: "too-deep", message, start, end });
      return null;
    }
    case "sound": {
      const before = problems.length;
      const parseInterpolation =
        mode === "plain"
          ? null
          : (from: number, to: number) => parseSource(text, from, to, "plain", problems);
      const expression = buildExpression(tree.topNode, {
        text,
        base: start,
        parseInterpolation,
      });
      checkNames(expression, problems);
      return problems.length === before ? expression : null;
    }
  }
}

type Inspection =
  | { readonly kind: "sound" }
  | { readonly kind: "too-deep" }
  /** `offset` in the parsed source. */
  | { readonly kind: "error"; readonly offset: number };

/** Walks the tree without recursion, since its depth is the user's. */
function inspect(tree: Tree): Inspection {
  let depth = 0;
  let deepest = 0;
  let error = -1;
  tree.iterate({
    enter: (node) => {
      if (++depth > deepest) deepest = depth;
      if (node.type.isError && error === -1) error = node.from;
    },
    leave: () => {
      depth--;
    },
  });
  // Depth first: Lezer itself gives up on far deeper text, and then marks an error where there is none.
  if (deepest > MAX_DEPTH) return { kind: "too-deep" };
  return error === -1 ? { kind: "sound" } : { kind: "error", offset: error };
}
