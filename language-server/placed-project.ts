import type { Project } from "#core/component-definitions";
import type { PipelineCatalog } from "#core/pipeline";

/** A text's project, and where the text is in it: relative to its root, with `/`; null outside of any. */
export interface PlacedProject {
  readonly project: Project;
  readonly path: string | null;
  /** The URI of a file of the project. */
  uriOf(path: string): string;
  /** Its manifest's `checks.severity`: the same object for as long as the manifest stays. */
  readonly severity: Readonly<Record<string, unknown>>;
}

/** The pipelines around a text, all read: those that name it and that it does not name, too. */
export interface Neighbours {
  readonly pipelines: PipelineCatalog;
  readonly path: string | null;
  uriOf(path: string): string;
}
