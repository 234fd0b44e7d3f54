import { parsePipeline } from "../document/parse-pipeline.ts";
import type { CatalogEntry, PipelineCatalog } from "./pipeline-catalog.ts";

/** Files of a project; paths are relative to its root, with `/`. */
export interface CatalogFiles {
  /** The text, or undefined where there is no file. */
  read(path: string): Promise<string | undefined>;
  list(pattern: { readonly suffix: string }): Promise<readonly string[]>;
}

/**
 * Reads the pipelines of a project: every `*.pipeline.json`, and beside the file at `near` and in `folders` (the
 * manifest's `pipeline_dirs`) every other `.json` that has stages. What cannot be parsed is in it with its problems.
 */
export async function loadCatalog(
  files: CatalogFiles,
  { near, folders }: { readonly near: string | null; readonly folders: readonly string[] },
): Promise<PipelineCatalog> {
  const entries: CatalogEntry[] = [];
  const around = new Set(near === null ? [] : [folderOf(near)]);
  const roots = folders.map((folder) => `${folder.replace(/^\.\//, "").replace(/\/+$/, "")}/`);
  for (const path of await files.list({ suffix: ".json" })) {
    const named = path.endsWith(".pipeline.json");
    if (!named && !around.has(folderOf(path)) && !roots.some((root) => path.startsWith(root))) continue;
    const text = await files.read(path);
    if (text === undefined || (!named && !text.includes('"stages"'))) continue;
    const document = parsePipeline(text);
    if (named || document.tree.container !== null) entries.push({ path, document });
  }
  return { entries };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
