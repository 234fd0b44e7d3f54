import type { Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";

/** A pipeline and the file it is from. */
export interface PipelineFile {
  /** Relative to the project's root, with `/`; null where it has none. */
  readonly path: string | null;
  readonly document: PipelineDocument;
}

/** Where a part of a resolved pipeline is written. */
export interface Origin {
  readonly file: PipelineFile;
  /** Absolute in the text of that file. */
  readonly span: Span;
}

/** A text that a pipeline is made from: a file, or what a parent was resolved to. */
export interface Source {
  readonly document: PipelineDocument;
  /** Where a span of its text is written. */
  originOf(span: Span): Origin;
}

/** A file as a source: what is in it is written where it is. */
export function fileSource(file: PipelineFile): Source {
  return { document: file.document, originOf: (span) => ({ file, span }) };
}
