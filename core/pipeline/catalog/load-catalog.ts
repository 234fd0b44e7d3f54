import { parsePipeline } from "../document/parse-pipeline.ts";
import type { CatalogEntry, PipelineCatalog } from "./pipeline-catalog.ts";

/** Files of a project; paths are relative to its root, with `/`. */
export interface CatalogFiles {
  /** The text, or undefined where there is no file. */
  read(path: string): Promise<string | undefined>;
  list(pattern: { readonly suffix: string }): Promise<readonly string[]>;
}

/** Where pipelines are looked for that are not called `*.pipeline.json`. */
export interface CatalogFolders {
  /** A file beside which they are: the one that names others; null where it is in no project. */
  readonly near: string | null;
  /** The manifest's `pipeline_dirs`, relative to the project's root. */
  readonly folders: readonly string[];
}

/**
 * Reads the pipelines of a project: every `*.pipeline.json`, and beside the file at `near` and in `folders` every
 * other `.json` that has stages. What cannot be parsed is in it with its problems.
 */
export async function loadCatalog(files: CatalogFiles, where: CatalogFolders): Promise<PipelineCatalog> {
  const entries: CatalogEntry[] = [];
  for (const path of await files.list({ suffix: ".json" })) {
    if (!mayBePipeline(path, where)) continue;
    const text = await files.read(path);
    const entry = text === undefined ? null : catalogEntry(path, text);
    if (entry !== null) entries.push(entry);
  }
  return { entries };
}

/** Whether a catalog of these folders has the file, if it holds a pipeline. */
export function mayBePipeline(path: string, { near, folders }: CatalogFolders): boolean {
  if (!path.endsWith(".json")) return false;
  if (path.endsWith(".pipeline.json") || (near !== null && folderOf(path) === folderOf(near))) return true;
  return folders.some((folder) => path.startsWith(`${folder.replace(/^\.\//, "").replace(/\/+$/, "")}/`));
}

/** A file of that text in a catalog; null when it holds no pipeline, which one called `*.pipeline.json` always does. */
export function catalogEntry(path: string, text: string): CatalogEntry | null {
  const named = path.endsWith(".pipeline.json");
  if (!named && !text.includes('"stages"')) return null;
  const document = parsePipeline(text);
  return named || document.tree.container !== null ? { path, document } : null;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
