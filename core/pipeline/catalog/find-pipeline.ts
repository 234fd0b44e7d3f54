import { compareVersions, validate } from "compare-versions";
import { nearest } from "#core/expressions";
import { catalogIndex } from "./catalog-index.ts";
import { pathBeside } from "./path-beside.ts";
import type { CatalogEntry, PipelineCatalog } from "./pipeline-catalog.ts";
import { isVersionIn, isVersionRange } from "./version-range.ts";

/** What a reference to another pipeline leads to. */
export type FoundPipeline =
  | { readonly kind: "found"; readonly entry: CatalogEntry }
  /** `nearest` is a name that was perhaps meant. */
  | { readonly kind: "missing"; readonly nearest: string | null }
  /** There are pipelines of that name, and none of a version in the range. */
  | { readonly kind: "no-version"; readonly versions: readonly string[] }
  /** The range is none: `^1.0.0`, `~1.2`, `1.x`, `>=1 <3` are some. */
  | { readonly kind: "bad-range"; readonly range: string }
  /** More than one file says it is this pipeline, in the same version. */
  | { readonly kind: "ambiguous"; readonly paths: readonly string[] };

/**
 * Finds the pipeline that `extends`, a composition or a sub-pipeline stage names: a path that ends in `.json`,
 * relative to the file at `from` or else to the project's root; otherwise a name or an id, with a range of versions
 * after an `@` if need be. Of several versions the highest in the range counts.
 */
export function findPipeline(
  catalog: PipelineCatalog,
  reference: string,
  from: string | null,
): FoundPipeline {
  if (reference.endsWith(".json")) return findByPath(catalog, reference, from);
  const { name, range } = splitReference(reference);
  const { byName, byId } = catalogIndex(catalog);
  const candidates = byName.get(name) ?? byId.get(name) ?? [];
  if (candidates.length === 0) return { kind: "missing", nearest: nearest(name, namesIn(catalog)) ?? null };
  if (range === null) return highest(candidates);
  if (!isVersionRange(range)) return { kind: "bad-range", range };
  const inRange = candidates.filter((entry) => isVersionIn(versionOf(entry), range));
  if (inRange.length > 0) return highest(inRange);
  return { kind: "no-version", versions: candidates.map(versionOf) };
}

/** The pipeline in the file at that path. */
export function pipelineAt(catalog: PipelineCatalog, path: string): CatalogEntry | undefined {
  return catalogIndex(catalog).byPath.get(path);
}

/** A reference's name and the range after its last `@`; null where there is none. */
export function splitReference(reference: string): { readonly name: string; readonly range: string | null } {
  const at = reference.lastIndexOf("@");
  return at <= 0
    ? { name: reference, range: null }
    : { name: reference.slice(0, at), range: reference.slice(at + 1) };
}

function findByPath(catalog: PipelineCatalog, reference: string, from: string | null): FoundPipeline {
  const paths = [pathBeside(from, reference), pathBeside(null, reference)].filter((path) => path !== null);
  for (const path of paths) {
    const entry = catalogIndex(catalog).byPath.get(path);
    if (entry !== undefined) return { kind: "found", entry };
  }
  const known = catalog.entries.map((entry) => entry.path);
  return { kind: "missing", nearest: nearest(paths[0] ?? reference, known) ?? null };
}

function* namesIn({ entries }: PipelineCatalog): Iterable<string> {
  for (const { document } of entries) {
    const { name, id } = document.pipeline;
    if (name !== null) yield name.value;
    if (id !== null) yield id.value;
  }
}

/** FlowMason's own default where a file names no version (facts, section 1.1). */
function versionOf({ document }: CatalogEntry): string {
  return document.pipeline.version?.value ?? "1.0.0";
}

function highest(entries: readonly CatalogEntry[]): FoundPipeline {
  const sorted = entries.toSorted((a, b) => order(versionOf(b), versionOf(a)));
  const [first] = sorted;
  if (first === undefined) return { kind: "missing", nearest: null };
  const same = sorted.filter((entry) => order(versionOf(entry), versionOf(first)) === 0);
  return same.length === 1
    ? { kind: "found", entry: first }
    : { kind: "ambiguous", paths: same.map(({ path }) => path) };
}

/** Versions that are none come last. */
function order(a: string, b: string): number {
  if (!validate(a) || !validate(b)) return Number(validate(a)) - Number(validate(b));
  return compareVersions(a, b);
}
