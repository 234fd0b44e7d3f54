import {
  type CatalogEntry,
  catalogEntry,
  emptyCatalog,
  loadCatalog,
  mayBePipeline,
  type PipelineCatalog,
  type PipelineDocument,
} from "#core/pipeline";
import { pipelineFiles, pipelineFolders, type Workspace } from "#host";

/** The pipelines of a project as they are now: open texts as the editor has them, the others as they are on disk. */
export interface LiveCatalog {
  /** The same object for as long as nothing in it changes. Empty until something was loaded. */
  pipelines(): PipelineCatalog;
  /** Whether the pipelines that a file at `near` can name are in it. */
  covers(near: string): boolean;
  /** Reads the project for a file at `near`, unless that has been done. */
  load(near: string): Promise<void>;
  /** Reads all again that was loaded: also what nobody has told of yet. */
  renew(): Promise<void>;
  /** Takes an open text. Whether the catalog has it now and has changed by that. */
  take(path: string, document: PipelineDocument): boolean;
  /** Reads a file again that was written, deleted, or closed without being saved. */
  reread(path: string): Promise<void>;
}

/** The catalog of a workspace; `openAt` gives the text that is open at a path. */
export function liveCatalog(
  { root, manifest }: Workspace,
  openAt: (path: string) => PipelineDocument | undefined,
): LiveCatalog {
  const files = pipelineFiles(root);
  const folders = pipelineFolders(manifest);
  const entries = new Map<string, CatalogEntry>();
  /** By folder, a file that the project was read for. */
  const loaded = new Map<string, string>();
  let known: PipelineCatalog | null = emptyCatalog;
  /** One after the other, so that what was read earlier never replaces what was read later. */
  let reading: Promise<void> = Promise.resolve();
  const afterOthers = (read: () => Promise<void>): Promise<void> => {
    const next = reading.then(read);
    // Whoever asked hears of the failure; those after it start anew.
    reading = next.catch(() => undefined);
    return next;
  };
  const set = (path: string, entry: CatalogEntry | null): boolean => {
    if (entries.get(path)?.document === entry?.document) return false;
    if (entry === null) entries.delete(path);
    else entries.set(path, entry);
    known = null;
    return true;
  };
  const has = (path: string): boolean =>
    [...loaded.values()].some((near) => mayBePipeline(path, { near, folders }));
  const read = async (near: string): Promise<readonly string[]> => {
    const { entries: found } = await loadCatalog(files, { near, folders });
    for (const { path, document } of found) {
      const now = openAt(path) ?? document;
      if (entries.get(path)?.document.text !== now.text) set(path, { path, document: now });
    }
    return found.map(({ path }) => path);
  };
  const covers = (near: string): boolean => loaded.has(folderOf(near));

  return {
    pipelines() {
      known ??= { entries: [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1)) };
      return known;
    },
    covers,
    load: (near) =>
      afterOthers(async () => {
        if (covers(near)) return;
        await read(near);
        loaded.set(folderOf(near), near);
      }),
    renew: () =>
      afterOthers(async () => {
        const here = new Set<string>();
        for (const near of loaded.values()) for (const path of await read(near)) here.add(path);
        for (const path of [...entries.keys()]) if (!here.has(path)) set(path, null);
      }),
    take: (path, document) => has(path) && set(path, { path, document }),
    reread: (path) =>
      afterOthers(async () => {
        if (!has(path)) return;
        const text = await files.read(path);
        const open = openAt(path);
        if (text === undefined) set(path, null);
        else set(path, open === undefined ? catalogEntry(path, text) : { path, document: open });
      }),
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
