import { dirname, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { builtInProject, type Project } from "#core/component-definitions";
import { namesOtherPipelines, type PipelineDocument } from "#core/pipeline";
import { isSkipped, readWorkspace, type Workspace } from "#host";
import { type LiveCatalog, liveCatalog } from "./live-catalog.ts";

/** A text's project, and where the text is in it: relative to its root, with `/`; null outside of any. */
export interface PlacedProject {
  readonly project: Project;
  readonly path: string | null;
}

/** The projects around open texts. What a file names is read once and kept as it is then on disk and in the editor. */
export interface Projects {
  /** The project of a text as it is now; undefined while it is being read. `checkAgain` is called for it then. */
  projectOf(uri: string, document: PipelineDocument): PlacedProject | undefined;
  closed(uri: string): void;
  /** Takes what happened to files. */
  filesChanged(uris: readonly string[]): void;
}

/** What the projects ask of the server, and tell it. */
export interface ProjectEvents {
  /** The texts that are open, by URI, as they were read last. */
  readonly openDocuments: () => Iterable<readonly [uri: string, document: PipelineDocument]>;
  /** What is known of a text's project has changed. */
  readonly checkAgain: (uri: string) => void;
  /** A manifest cannot be used; its files are taken as if they had none. */
  readonly warn: (message: string) => void;
  /** A defect of ours. */
  readonly fail: (error: unknown) => void;
}

interface Place {
  readonly root: string;
  readonly path: string;
}

export function createProjects({ openDocuments, checkAgain, warn, fail }: ProjectEvents): Projects {
  /** Undefined while it is being found out. */
  const places = new Map<string, Place | undefined>();
  const catalogs = new Map<string, LiveCatalog>();

  const openAt = (root: string, path: string): PipelineDocument | undefined => {
    for (const [uri, document] of openDocuments()) {
      const place = places.get(uri);
      if (place?.root === root && place.path === path) return document;
    }
    return undefined;
  };

  const find = async (uri: string): Promise<void> => {
    const file = fileURLToPath(uri);
    const workspace = await workspaceOf(dirname(file), warn);
    // Closed in the meantime, or a manifest came or went.
    if (!places.has(uri) || places.get(uri) !== undefined) return;
    const { root } = workspace;
    places.set(uri, { root, path: relative(root, file).split(sep).join("/") });
    if (!catalogs.has(root))
      catalogs.set(
        root,
        liveCatalog(workspace, (path) => openAt(root, path)),
      );
    checkAgain(uri);
  };

  /** Those that name other pipelines are looked at again, since one of these may have changed. */
  const checkDependents = (root: string, except: string | null): void => {
    for (const [uri, document] of openDocuments())
      if (uri !== except && places.get(uri)?.root === root && namesOtherPipelines(document)) checkAgain(uri);
  };

  const reread = ({ root, path }: Place): void => {
    const catalog = catalogs.get(root);
    if (catalog === undefined) return;
    const before = catalog.pipelines();
    const compare = (): void => {
      if (catalog.pipelines() !== before) checkDependents(root, null);
    };
    catalog.reread(path).then(compare).catch(fail);
  };

  return {
    projectOf(uri, document) {
      if (!uri.startsWith("file:")) return { project: builtInProject, path: null };
      if (!places.has(uri)) {
        places.set(uri, undefined);
        find(uri).catch(fail);
      }
      const place = places.get(uri);
      const catalog = place && catalogs.get(place.root);
      if (place === undefined || catalog === undefined) return undefined;
      const { path } = place;
      if (catalog.take(path, document)) checkDependents(place.root, uri);
      const { definitions } = builtInProject;
      if (!namesOtherPipelines(document)) return { project: builtInProject, path };
      if (catalog.covers(path)) return { project: { definitions, pipelines: catalog.pipelines() }, path };
      catalog
        .load(path)
        .then(() => checkAgain(uri))
        .catch(fail);
      return undefined;
    },
    closed(uri) {
      const place = places.get(uri);
      places.delete(uri);
      if (place !== undefined) reread(place);
    },
    filesChanged(uris) {
      if (uris.some((uri) => uri.endsWith("/flowmason.json"))) {
        // Which files belong together may be another matter now.
        places.clear();
        catalogs.clear();
        for (const [uri] of openDocuments()) checkAgain(uri);
        return;
      }
      for (const uri of uris) {
        for (const root of catalogs.keys()) {
          const path = pathIn(root, uri);
          if (path !== null) reread({ root, path });
        }
      }
    },
  };
}

async function workspaceOf(folder: string, warn: (message: string) => void): Promise<Workspace> {
  const result = await readWorkspace(folder);
  if (result.ok) return result.workspace;
  warn(result.message);
  return { root: folder, manifest: { providers: {} } };
}

function pathIn(root: string, uri: string): string | null {
  if (!uri.startsWith("file:")) return null;
  const path = relative(root, fileURLToPath(uri)).split(sep).join("/");
  return path === "" || path === ".." || path.startsWith("../") || isSkipped(path) ? null : path;
}
