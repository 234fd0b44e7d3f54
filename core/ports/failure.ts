import type { Json } from "./json.ts";

/** FlowMason's error types (facts, section 4.10). */
export type FailureType =
  | "CONNECTIVITY"
  | "TIMEOUT"
  | "VALIDATION"
  | "EXPRESSION"
  | "TRANSFORMATION"
  | "EXECUTION"
  | "ROUTING"
  | "SECURITY"
  | "RETRY_EXHAUSTED"
  | "CONTROL_FLOW"
  | "CANCELLED"
  | "UNKNOWN";

/** Why a stage failed: recorded in the journal, shown to the user. `message` says what, where and what to do next. */
export interface Failure {
  readonly type: FailureType;
  readonly message: string;
  /** Whether trying again can help (network, rate limit). */
  readonly recoverable: boolean;
  /** The config field at fault, when one is. */
  readonly field?: string;
  /** Milliseconds that the server which refused wants to be left alone; absent where it said none. */
  readonly retryAfterMs?: number;
  /** More for a machine or a curious person: a status code, a response body's beginning. */
  readonly details?: Json;
}
