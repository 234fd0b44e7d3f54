import { type PipelineDocument, type ResolvedPipeline } from "#core/pipeline";
import type { Project } from "./project.ts";
/**
 * The pipeline with all that it inherits and is composed of, in its project. `path` is the file's, relative to the
 * project's root with `/`; null where it has none.
 */
export declare function resolveInProject(
  document: PipelineDocument,
  { definitions, pipelines }: Project,
  path: string | null,
): ResolvedPipeline;
