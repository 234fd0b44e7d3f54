import type { AbsentReason } from "../scope.ts";
import type { Range } from "../syntax/expression.ts";
import type { ExpressionProblemCode } from "../syntax/problem.ts";

export type ExpressionErrorCode =
  /** The expression has problems; this is the first. */
  | ExpressionProblemCode
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
  | "deep-value";

/** Why an evaluation gave no value. Offsets are those of the text that was parsed. */
export interface ExpressionError {
  readonly code: ExpressionErrorCode;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** Set when an unguarded name has no value, so that what needs it can be skipped rather than failed. */
  readonly absent?: { readonly reason: AbsentReason; readonly what: string };
}

/** What went wrong; made only when it is shown, since a guard may have caught it by then. */
export type Message = string | (() => string);

/**
 * Ends an evaluation; caught by `evaluate`, and by guards where it is a missing path. No Error: it never leaves this
 * folder, and the stack that an Error records would cost more than everything else in a guarded loop.
 */
export class Fault {
  readonly code: Exclude<ExpressionErrorCode, ExpressionProblemCode>;
  readonly explanation: Message;
  readonly absent: ExpressionError["absent"];
  /** Where; filled in by the innermost operation that knows it. */
  start = -1;
  end = -1;
  /** The function that failed, where the explanation is about one and says only what it needs. */
  subject: string | null = null;

  constructor(code: Fault["code"], explanation: Message, absent?: ExpressionError["absent"]) {
    this.code = code;
    this.explanation = explanation;
    this.absent = absent;
  }
}

/** Throws a fault whose place is filled in by the operation that called. */
export function fail(code: Fault["code"], explanation: Message): never {
  throw new Fault(code, explanation);
}

/** Gives a fault its place, unless an operation further inside did. */
export function located(fault: Fault, { start, end }: Range): Fault {
  if (fault.start === -1) {
    fault.start = start;
    fault.end = end;
  }
  return fault;
}

/** The error that a fault is for whoever asked for the evaluation of `text`. */
export function toError(fault: Fault, text: string): ExpressionError {
  const { code, explanation, subject, start, end, absent } = fault;
  const message = typeof explanation === "string" ? explanation : explanation();
  return {
    code,
    message: subject === null ? message : `${subject} ${message}`,
    start: start === -1 ? 0 : start,
    end: start === -1 ? text.length : end,
    ...(absent === undefined ? {} : { absent }),
  };
}
