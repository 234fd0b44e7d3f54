import {
  type CatalogEntry,
  describeMissing,
  findReference,
  lineIndex,
  type PipelineCatalog,
  type Problem,
} from "#core/pipeline";
import { callsOf } from "./called-pipelines.ts";

/** Looks at a pipeline by itself: nothing that it calls is looked at. */
export type ProblemsOf = (entry: CatalogEntry) => readonly Problem[];

/**
 * Why a pipeline cannot be called: it could not be run itself, or what it calls could not. Null when nothing is known
 * against it.
 */
export function whyUncallable(
  entry: CatalogEntry,
  catalog: PipelineCatalog,
  problemsOf: ProblemsOf,
): string | null {
  const reasons = known.get(catalog) ?? new Map<string, string | null>();
  known.set(catalog, reasons);
  const before = reasons.get(entry.path);
  if (before !== undefined) return before;
  // What is called from below while it is looked at closes a circle.
  reasons.set(
    entry.path,
    `The pipeline in ${entry.path} is called again before it has ended: that would never end.`,
  );
  const reason = ownReason(entry, problemsOf) ?? reasonBelow(entry, catalog, problemsOf);
  reasons.set(entry.path, reason);
  return reason;
}

/** By catalog, by path: many pipelines call the same ones, and a change of any file makes another catalog. */
const known = new WeakMap<PipelineCatalog, Map<string, string | null>>();

function ownReason({ path, document }: CatalogEntry, problemsOf: ProblemsOf): string | null {
  if (document.pipeline.abstract)
    return `The pipeline in ${path} is abstract: it is there to be extended. Call one that extends it.`;
  const errors = problemsOf({ path, document }).filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return null;
  const line = lineIndex(document.text).positionAt(first.span.start).line0 + 1;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more.` : "";
  return `The pipeline in ${path} cannot run, line ${line}: ${first.message}${more}`;
}

function reasonBelow(
  { path, document }: CatalogEntry,
  catalog: PipelineCatalog,
  problemsOf: ProblemsOf,
): string | null {
  for (const { stage, reference } of callsOf(document)) {
    const found = findReference(catalog, reference, path);
    const reason =
      found.kind === "found"
        ? whyUncallable(found.entry, catalog, problemsOf)
        : describeMissing(reference, found);
    if (reason !== null) return `The pipeline in ${path} calls another in its stage "${stage.id}". ${reason}`;
  }
  return null;
}
