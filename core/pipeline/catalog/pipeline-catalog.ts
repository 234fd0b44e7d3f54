import type { PipelineDocument } from "../model.ts";

/** A pipeline of the project. */
export interface CatalogEntry {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly document: PipelineDocument;
}

/** The pipelines that others may extend, call or compose. */
export interface PipelineCatalog {
  /** In the order of their paths. */
  readonly entries: readonly CatalogEntry[];
}

/** A project in which there is no other pipeline. */
export const emptyCatalog: PipelineCatalog = { entries: [] };
