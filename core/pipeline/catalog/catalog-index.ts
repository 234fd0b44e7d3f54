import type { CatalogEntry, PipelineCatalog } from "./pipeline-catalog.ts";

/** A catalog by what its pipelines are found by. */
export interface CatalogIndex {
  readonly byPath: ReadonlyMap<string, CatalogEntry>;
  readonly byName: ReadonlyMap<string, readonly CatalogEntry[]>;
  readonly byId: ReadonlyMap<string, readonly CatalogEntry[]>;
}

const known = new WeakMap<PipelineCatalog, CatalogIndex>();

/** The index of a catalog, made when it is first asked for: pipelines that call each other ask again and again. */
export function catalogIndex(catalog: PipelineCatalog): CatalogIndex {
  let index = known.get(catalog);
  if (index === undefined) {
    const { entries } = catalog;
    index = {
      byPath: new Map(entries.map((entry) => [entry.path, entry])),
      byName: entriesBy("name", entries),
      byId: entriesBy("id", entries),
    };
    known.set(catalog, index);
  }
  return index;
}

function entriesBy(
  key: "name" | "id",
  entries: readonly CatalogEntry[],
): ReadonlyMap<string, readonly CatalogEntry[]> {
  const found = new Map<string, CatalogEntry[]>();
  for (const entry of entries) {
    const value = entry.document.pipeline[key]?.value;
    if (value === undefined) continue;
    const same = found.get(value);
    if (same === undefined) found.set(value, [entry]);
    else same.push(entry);
  }
  return found;
}
