import { posix } from "node:path";
import { builtInProject, type Project } from "#core/component-definitions";
import {
  type CatalogFiles,
  emptyCatalog,
  loadCatalog,
  namesOtherPipelines,
  type PipelineCatalog,
  type PipelineDocument,
} from "#core/pipeline";
import { hasCode } from "./has-code.ts";
import type { Manifest, Workspace } from "./workspace.ts";
import { workspaceFiles } from "./workspace-files.ts";

/** The pipeline that a project is opened for. */
export interface OpenedFor {
  readonly document: PipelineDocument;
  /** Relative to the workspace's root, with `/`; null where it is outside. */
  readonly path: string | null;
}

/**
 * Opens the project around a pipeline: the components that its stages can use, and the pipelines that it can extend,
 * call and be composed of. What the pipeline does not ask for is not read.
 */
export async function openProject(workspace: Workspace, opened: OpenedFor): Promise<Project> {
  return await openProjects()(workspace, opened);
}

/** Opens the projects around several pipelines, reading what they share once, as it is then. */
export function openProjects(): typeof openProject {
  const catalogs = new Map<string, Promise<PipelineCatalog>>();
  return async (workspace, { document, path }) => {
    const { definitions } = builtInProject;
    if (!namesOtherPipelines(document)) return { definitions, pipelines: emptyCatalog };
    const key = JSON.stringify([workspace.root, path === null ? null : posix.dirname(path)]);
    let catalog = catalogs.get(key);
    if (catalog === undefined) {
      catalog = pipelinesIn(workspace, path);
      catalogs.set(key, catalog);
    }
    return { definitions, pipelines: await catalog };
  };
}

/** The files of a workspace as a catalog reads them: what may not be read is as if it were not there. */
export function pipelineFiles(root: string): CatalogFiles {
  const files = workspaceFiles(root);
  return {
    list: files.list,
    read: async (path) => {
      try {
        return (await files.read(path))?.replace(/^\uFEFF/, "");
      } catch (error) {
        if (hasCode(error, "EACCES", "EPERM", "ENOENT")) return undefined;
        throw error;
      }
    },
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
