import { type PipelineDocument, parsePipeline, withParent } from "#core/pipeline";
import type { Inheritance, StageOrigin } from "#protocol";

/** What the pipeline on the canvas inherits. */
export interface Inherited {
  /** What it extends, joined with its own parents; null where it extends none, or none that can be used. */
  readonly parent: PipelineDocument | null;
  /** Where the parent's stages are written, by their ids. */
  readonly origins: ReadonlyMap<string, StageOrigin>;
  /** Why what it extends cannot be used, for people. */
  readonly problems: readonly string[];
}

/** Reads what the extension has told; null while it has told nothing. */
export function readInheritance(told: Inheritance | null, previous: Inherited | null): Inherited | null {
  if (told === null) return null;
  const { parent, problems } = told;
  return {
    parent: parent === null ? null : parsePipeline(parent.text, previous?.parent ?? undefined),
    origins: new Map(parent?.origins.map((origin) => [origin.stage, origin])),
    problems,
  };
}

/** The parent that the document has; null where it extends none, or none that is known. */
export function parentOf(document: PipelineDocument, inherited: Inherited | null): PipelineDocument | null {
  return document.pipeline.extends === null ? null : (inherited?.parent ?? null);
}

/** The document with the stages that it inherits; parts of `previous` are reused. */
export function withInherited(
  document: PipelineDocument,
  inherited: Inherited | null,
  previous: PipelineDocument | undefined,
): PipelineDocument {
  const parent = document.broken ? null : parentOf(document, inherited);
  return parent === null ? document : withParent(document, parent, previous);
}
