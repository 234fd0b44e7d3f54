import { findReference, type PipelineCatalog, pipelineAt } from "#core/pipeline";
import { callsOf } from "./called-pipelines.ts";
import type { PipelineView } from "./pipeline-view.ts";

/** The files from one to the pipeline itself; null where no way leads there. */
export function wayBack({ project }: PipelineView, start: string, home: string): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[start, null]]);
  const open = [start];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (at === home) {
      const way: string[] = [];
      for (let step: string | null = at; step !== null; step = cameFrom.get(step) ?? null) way.unshift(step);
      return way;
    }
    for (const called of calledFiles(project.pipelines, at)) {
      if (cameFrom.has(called)) continue;
      cameFrom.set(called, at);
      open.push(called);
    }
  }
  return null;
}

/** Which files a file calls, for each catalog: many pipelines look along the same ways. */
const known = new WeakMap<PipelineCatalog, Map<string, readonly string[]>>();

function calledFiles(catalog: PipelineCatalog, path: string): readonly string[] {
  const calls = known.get(catalog) ?? new Map<string, readonly string[]>();
  known.set(catalog, calls);
  const before = calls.get(path);
  if (before !== undefined) return before;
  const document = pipelineAt(catalog, path)?.document;
  const called = (document === undefined ? [] : callsOf(document)).flatMap(({ reference }) => {
    const target = findReference(catalog, reference, path);
    return target.kind === "found" ? [target.entry.path] : [];
  });
  calls.set(path, called);
  return called;
}
