import type { Span } from "./json-node.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** Something wrong in the user's file. Never thrown. `message` says what, and what to do next; `code` is stable. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** Absolute offsets in the document's text. */
  readonly span: Span;
  readonly related?: readonly RelatedPlace[];
  /** The stage it is about, for the canvas. */
  readonly stage?: string;
}

/** Another place that has to do with a problem. */
export interface RelatedPlace {
  readonly message: string;
  /** Absolute offsets in the text of the file at `path`. */
  readonly span: Span;
  /** Another file, relative to the project's root with `/`; the file itself where it is not given. */
  readonly path?: string;
}
