import { parseSource } from "./parse-source.ts";
import type { ParsedExpression } from "./parsed.ts";
import type { ExpressionProblem } from "./problem.ts";

/**
 * Parses a bare expression. Never throws: what is wrong is in `problems`. In it, `{{e}}` is a parenthesised
 * sub-expression, and inside a quoted literal it is interpolated.
 */
export function parseExpression(text: string): ParsedExpression {
  const problems: ExpressionProblem[] = [];
  const expression = parseSource(text, 0, text.length, "interpolated", problems);
  return { kind: "expression", text, expression, problems };
}
