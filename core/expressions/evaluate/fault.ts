import type { AbsentReason } from "../scope.ts";

export type ExpressionErrorCode =
  /** The expression has problems; the first is the message. */
  | "syntax"
  /** Nothing in sight has the name. */
  | "unknown-name"
  /** A path leads to nothing: no such key, no such index, a key of null. */
  | "missing"
  /** The name exists and has no value: a skipped or failed stage. */
  | "absent"
  /** An operation that the kind of value does not have. */
  | "type"
  /** A value of the right kind that cannot be used: `int("abc")`. */
  | "value"
  /** Division by zero, a result too large for a number. */
  | "arithmetic"
  | "pattern"
  /** The step or size budget is used up. */
  | "budget"
  /** A value nested too deep to look through. */
  | "too-deep";

/** Why an evaluation gave no value. Offsets are those of the text that was parsed. */
export interface ExpressionError {
  readonly code: ExpressionErrorCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** Set when an unguarded name has no value, so that what needs it can be skipped rather than failed. */
  readonly absent?: { readonly reason: AbsentReason; readonly what: string };
}

/** Ends an evaluation; caught by `evaluate`, and by guards where it is a missing path. */
export class Fault extends Error {
  readonly code: ExpressionErrorCode;
  readonly absent: ExpressionError["absent"];
  /** Where; filled in by the innermost operation that knows it. */
  start = -1;
  end = -1;

  constructor(code: ExpressionErrorCode, message: string, absent?: ExpressionError["absent"]) {
    super(message);
    this.code = code;
    this.absent = absent;
  }
}

/** Throws a fault whose place is filled in by the operation that called. */
export function fail(code: ExpressionErrorCode, message: string): never {
  throw new Fault(code, message);
}
