import type { Span } from "./json-node.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** Something wrong in the user's file. Never thrown. `message` says what, and what to do next; `code` is stable. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Absolute offsets in the document's text. */
  readonly span: Span;
  readonly related?: readonly { readonly message: string; readonly span: Span }[];
  /** The stage it is about, for the canvas. */
  readonly stage?: string;
}
