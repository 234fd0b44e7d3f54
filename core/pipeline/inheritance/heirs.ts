import { findPipeline } from "../catalog/find-pipeline.ts";
import type { CatalogEntry, PipelineCatalog } from "../catalog/pipeline-catalog.ts";

/** The pipelines that extend the one at `path`, directly or through others, in the order of the catalog. */
export function heirsOf({ entries }: PipelineCatalog, path: string): readonly CatalogEntry[] {
  const catalog = { entries };
  const parentOf = new Map<string, string>();
  for (const entry of entries) {
    const reference = entry.document.pipeline.extends?.value;
    const found = reference === undefined ? undefined : findPipeline(catalog, reference, entry.path);
    if (found?.kind === "found") parentOf.set(entry.path, found.entry.path);
  }
  return entries.filter((entry) => {
    const seen = new Set([entry.path]);
    for (let at = parentOf.get(entry.path); at !== undefined && !seen.has(at); at = parentOf.get(at)) {
      if (at === path) return entry.path !== path;
      seen.add(at);
    }
    return false;
  });
}
