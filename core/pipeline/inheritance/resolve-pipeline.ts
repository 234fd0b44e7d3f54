import type { PipelineCatalog } from "../catalog/pipeline-catalog.ts";
import type { Span } from "../json-node.ts";
import type { PipelineDocument } from "../model.ts";
import type { Problem } from "../problem.ts";
import { composedStages } from "./composed-stages.ts";
import { type JoinedPipeline, joinPipeline } from "./join-pipeline.ts";
import type { Origin, PipelineFile, Source } from "./origin.ts";
import type { InputOf } from "./override-stage.ts";

/** A pipeline with everything that it inherits and is composed of. */
export interface ResolvedPipeline {
  readonly file: PipelineFile;
  /** The pipeline as it runs. Where there is nothing to resolve, the file's document itself. */
  readonly document: PipelineDocument;
  /** False where something that it extends cannot be used: then `document` is the file's, and `problems` say why. */
  readonly complete: boolean;
  /** What it extends, joined with its own parents; compositions are no stages there. Null where it extends none. */
  readonly parent: Source | null;
  /** The pipelines it extends, the nearest first. */
  readonly parents: readonly PipelineFile[];
  /** What is wrong with the inheritance itself, at places of the file. */
  readonly problems: readonly Problem[];
  /** Where a span of the resolved document's text is written. */
  originOf(span: Span): Origin;
}

/** Where a pipeline is, and what it can name. */
export interface ResolveOptions {
  readonly catalog: PipelineCatalog;
  /** Relative to the project's root, with `/`; null where it has none. */
  readonly path: string | null;
  /** Which input of a component a key means, so that an override in one name replaces what the parent says in another. */
  readonly inputOf?: InputOf;
}

/**
 * Resolves `extends`, `overrides` and `compositions` (facts, section 7.3). Never throws for a file. The same document
 * among the same parents gives the same object, and an edit has read anew only what it touched.
 */
export function resolvePipeline(document: PipelineDocument, options: ResolveOptions): ResolvedPipeline {
  const { catalog, path, inputOf = asWritten } = options;
  const joined = joinPipeline({ path, document }, { catalog, inputOf }, []);
  const before = known.get(joined);
  // Only what a pipeline is composed of depends on the catalog beyond its parents.
  if (before !== undefined && (before.catalog === null || before.catalog === catalog)) return before.resolved;
  const composed = joined.complete ? composedStages(joined, catalog) : null;
  const { file, complete, parent, parents } = joined;
  const resolved: ResolvedPipeline = {
    file,
    document: complete ? (composed ?? joined).source.document : document,
    complete,
    parent,
    parents,
    problems: composed === null ? joined.problems : [...joined.problems, ...composed.problems],
    originOf: (composed ?? joined).source.originOf,
  };
  known.set(joined, { catalog: composed === null ? null : catalog, resolved });
  return resolved;
}

interface Known {
  readonly catalog: PipelineCatalog | null;
  readonly resolved: ResolvedPipeline;
}

const known = new WeakMap<JoinedPipeline, Known>();

const asWritten: InputOf = (_, key) => key;
