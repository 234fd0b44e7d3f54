import { emptyCatalog, type PipelineCatalog } from "#core/pipeline";
import type { ComponentDefinition } from "./define.ts";

/** What a pipeline can name besides itself: the components it can use and the other pipelines of its project. */
export interface Project {
  /** By canonical type, the built-in ones included. The same map for as long as nothing in it changes. */
  readonly definitions: ReadonlyMap<string, ComponentDefinition>;
  readonly pipelines: PipelineCatalog;
}

/** A project of built-in components and no other pipeline. */
export function standalone(definitions: Project["definitions"]): Project {
  return { definitions, pipelines: emptyCatalog };
}
