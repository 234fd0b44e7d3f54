import type { Range } from "./expression.ts";

export type ExpressionProblemCode =
  | "syntax"
  | "unclosed"
  | "too-deep"
  | "too-long"
  | "unknown-function"
  | "unknown-method"
  | "unknown-test"
  | "arguments";

/** A mistake that shows without evaluating. Offsets are relative to the text that was parsed. */
export interface ExpressionProblem extends Range {
  readonly code: ExpressionProblemCode;
  readonly message: string;
}
