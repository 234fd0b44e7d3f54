/** A half-open range of UTF-16 offsets. Relative to the unit that owns it: a top-level stage, or the document. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value and where it is written. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

/** JSON as written: every value with its span, duplicates and order kept; comments and trailing commas are tolerated. */
export type JsonNode =
  | { readonly kind: "object"; readonly span: Span; readonly properties: readonly JsonProperty[] }
  | { readonly kind: "array"; readonly span: Span; readonly items: readonly JsonNode[] }
  | { readonly kind: "string"; readonly span: Span; readonly value: string }
  | { readonly kind: "number"; readonly span: Span; readonly value: number }
  | { readonly kind: "boolean"; readonly span: Span; readonly value: boolean }
  | { readonly kind: "null"; readonly span: Span }
  /** What could not be read; its problem says why. */
  | { readonly kind: "error"; readonly span: Span };

export interface JsonProperty {
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  readonly value: JsonNode;
}
