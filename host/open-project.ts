import { posix } from "node:path";
import { componentDefinitions, type Project } from "#core/component-definitions";
import {
  type CatalogFiles,
  emptyCatalog,
  loadCatalog,
  namesOtherPipelines,
  type PipelineCatalog,
  type PipelineDocument,
} from "#core/pipeline";
import { loadComponents } from "./component-host/load-components.ts";
import { noComponents, type OwnComponents } from "./component-host/own-components.ts";
import { hasCode } from "./has-code.ts";
import type { Manifest, Workspace } from "./workspace.ts";
import { workspaceFiles } from "./workspace-files.ts";

/** The pipeline that a project is opened for. */
export interface OpenedFor {
  readonly document: PipelineDocument;
  /** Relative to the workspace's root, with `/`; null where it is outside. */
  readonly path: string | null;
}

/** A project, with its own components as they were when it was opened. */
export interface OpenedProject extends Project {
  readonly own: OwnComponents;
}

/** Variables of the environment, for the processes that components are loaded in. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Opens the project around a pipeline: the components that its stages can use, and the pipelines that it can extend,
 * call and be composed of. What the pipeline does not ask for is not read. Loading components runs them: this is for
 * those who were told to run or to check the project.
 */
export async function openProject(
  workspace: Workspace,
  opened: OpenedFor,
  env: Environment,
): Promise<OpenedProject> {
  return await openProjects(env).open(workspace, opened);
}

/** Projects that share what they read. */
export interface OpenProjects {
  open(workspace: Workspace, opened: OpenedFor): Promise<OpenedProject>;
  /** The components of a workspace's own, whether or not a pipeline asks for them. */
  components(workspace: Workspace): Promise<OwnComponents>;
  /** All that was loaded so far, by the root of its workspace. */
  loaded(): Promise<readonly { readonly root: string; readonly own: OwnComponents }[]>;
}

/** Opens the projects around several pipelines, reading what they share once, as it is then. */
export function openProjects(env: Environment): OpenProjects {
  const catalogs = new Map<string, Promise<PipelineCatalog>>();
  const loaded = new Map<string, Promise<OwnComponents>>();

  const pipelinesOf = (workspace: Workspace, { document, path }: OpenedFor): Promise<PipelineCatalog> => {
    if (!namesOtherPipelines(document)) return Promise.resolve(emptyCatalog);
    const key = JSON.stringify([workspace.root, path === null ? null : posix.dirname(path)]);
    const catalog = catalogs.get(key) ?? pipelinesIn(workspace, path);
    catalogs.set(key, catalog);
    return catalog;
  };
  const components = (workspace: Workspace): Promise<OwnComponents> => {
    const own = loaded.get(workspace.root) ?? loadComponents(workspace, { env, trust: "trusted" });
    loaded.set(workspace.root, own);
    return own;
  };

  return {
    components,
    loaded: () => Promise.all(Array.from(loaded, async ([root, own]) => ({ root, own: await own }))),
    async open(workspace, opened) {
      const pipelines = await pipelinesOf(workspace, opened);
      const documents = [opened.document, ...pipelines.entries.map(({ document }) => document)];
      const own = documents.some(namesOwnComponents) ? await components(workspace) : noComponents;
      return { definitions: withBuiltIn(own), pipelines, own };
    },
  };
}

/** Whether a stage is of a type that is not built in. */
export function namesOwnComponents({ pipeline }: PipelineDocument): boolean {
  return pipeline.stages.some(
    ({ componentType: type }) => type !== null && type !== "abstract" && !componentDefinitions.has(type),
  );
}

/** The definitions of a project: the built-in ones and its own. The same map for the same components. */
export function withBuiltIn(own: OwnComponents): Project["definitions"] {
  if (own.definitions.size === 0) return componentDefinitions;
  const known = merged.get(own) ?? new Map([...componentDefinitions, ...own.definitions]);
  merged.set(own, known);
  return known;
}

const merged = new WeakMap<OwnComponents, Project["definitions"]>();

/** The files of a workspace as a catalog reads them: what may not be read is as if it were not there. */
export function pipelineFiles(root: string): CatalogFiles {
  const files = workspaceFiles(root);
  const unlessUnreadable = async <T>(reading: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await reading;
    } catch (error) {
      if (hasCode(error, "EACCES", "EPERM", "ENOENT", "ENOTDIR")) return otherwise;
      throw error;
    }
  };
  return {
    // The folder of a text that was never saved may not be there.
    list: (pattern) => unlessUnreadable(files.list(pattern), []),
    read: async (path) => (await unlessUnreadable(files.read(path), undefined))?.replace(/^\uFEFF/, ""),
  };
}

/**
 * The folders whose `.json` files can be pipelines: `pipeline_dirs`, which are `pipelines` unless the manifest says
 * otherwise, or in VS Code's form of the manifest what `pipelines.include` begins with (facts, section 1.3).
 */
export function pipelineFolders({ pipeline_dirs, pipelines }: Manifest): readonly string[] {
  const included = (pipelines?.include ?? []).map((pattern) =>
    pattern.slice(0, pattern.search(/[*?[{]|$/)).replace(/[^/]*$/, ""),
  );
  return [...(pipeline_dirs ?? ["pipelines"]), ...included].filter((folder) => !/^[./]*$/.test(folder));
}

async function pipelinesIn({ root, manifest }: Workspace, near: string | null): Promise<PipelineCatalog> {
  return await loadCatalog(pipelineFiles(root), { near, folders: pipelineFolders(manifest) });
}
