import type { ComponentDefinition } from "#core/component-definitions";
import type { Problem } from "#core/pipeline";

/** The components of a project's own, as they were when they were loaded. */
export interface OwnComponents {
  /** By canonical type; those that cannot be used are among them, with the reason. */
  readonly definitions: ReadonlyMap<string, ComponentDefinition>;
  /** The file of each that can be used, relative to the root with `/`. */
  readonly files: ReadonlyMap<string, string>;
  /** Every module, in order of paths. */
  readonly modules: readonly ComponentModule[];
}

/** A module of components. */
export interface ComponentModule {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** What can be used of it. */
  readonly definitions: readonly ComponentDefinition[];
  readonly problems: readonly Problem[];
}

/** A project without components of its own. */
export const noComponents: OwnComponents = { definitions: new Map(), files: new Map(), modules: [] };
