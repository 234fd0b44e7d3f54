import { type InputOf, type PipelineDocument, type ResolvedPipeline, resolvePipeline } from "#core/pipeline";
import { inputFieldOf } from "./complete-inputs.ts";
import type { Project } from "./project.ts";

/** One for each set of components, so that what was resolved with it is known again. */
const inputsOf = new WeakMap<Project["definitions"], InputOf>();

/**
 * The pipeline with all that it inherits and is composed of, in its project. `path` is the file's, relative to the
 * project's root with `/`; null where it has none.
 */
export function resolveInProject(
  document: PipelineDocument,
  { definitions, pipelines }: Project,
  path: string | null,
): ResolvedPipeline {
  let inputOf = inputsOf.get(definitions);
  if (inputOf === undefined) {
    inputOf = (type, key) => {
      const definition = definitions.get(type);
      return (definition && inputFieldOf(definition, key)) ?? key;
    };
    inputsOf.set(definitions, inputOf);
  }
  return resolvePipeline(document, { catalog: pipelines, path, inputOf });
}
