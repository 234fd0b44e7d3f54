import type { Span } from "./json-node.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** How a problem can be mended by an edit at its span, or of its stage. Data: the edit is worked out when it is wanted. */
export type Fix =
  /** The span, which lies within a text, becomes this; escaped as JSON needs it. */
  | { readonly kind: "replace"; readonly text: string }
  /** The text at the span, quotes included, becomes this. */
  | { readonly kind: "replace-text"; readonly text: string }
  /** The key at the span becomes this. */
  | { readonly kind: "replace-key"; readonly key: string }
  /** The property or the item at the span goes. */
  | { readonly kind: "remove" }
  /** The stage goes, with what leads to it. */
  | { readonly kind: "remove-stage" }
  /** `stage` is written into `depends_on`. `changesRun`: where it is the first, what it waited for no longer counts. */
  | { readonly kind: "add-dependency"; readonly stage: string; readonly changesRun: boolean }
  /** The stage's config gets this field, with this value. */
  | { readonly kind: "add-input"; readonly field: string; readonly json: string };

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
  readonly fix?: Fix;
}

/** Another place that has to do with a problem. */
export interface RelatedPlace {
  readonly message: string;
  /** Absolute offsets in the text of the file at `path`. */
  readonly span: Span;
  /** Another file, relative to the project's root with `/`; the file itself where it is not given. */
  readonly path?: string;
}
