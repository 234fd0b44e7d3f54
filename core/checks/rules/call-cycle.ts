import { findPipeline, type PipelineDocument } from "#core/pipeline";
import { callsOf } from "../called-pipelines.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** A pipeline that calls itself, directly or through others, would never end. */
export function* callCycle(view: PipelineView): Iterable<PlacedFinding> {
  const { path: home, document, project } = view;
  if (home === null) return;
  for (const { stage, reference, span } of callsOf(document)) {
    const found = findPipeline(project.pipelines, reference, home);
    if (found.kind !== "found") continue;
    const way = wayBack(view, found.entry.path, home);
    if (way === null) continue;
    yield {
      stage,
      rule: "call-cycle",
      message: `This pipeline would call itself without end: ${[home, ...way].join(" -> ")}. Remove one of these calls.`,
      span,
    };
  }
}

/** The files from one to the pipeline itself; null where no way leads there. */
function wayBack({ project }: PipelineView, start: string, home: string): readonly string[] | null {
  const documents = new Map<string, PipelineDocument>(
    project.pipelines.entries.map(({ path, document }) => [path, document]),
  );
  const cameFrom = new Map<string, string | null>([[start, null]]);
  const open = [start];
  for (let at = open.shift(); at !== undefined; at = open.shift()) {
    if (at === home) {
      const way: string[] = [];
      for (let step: string | null = at; step !== null; step = cameFrom.get(step) ?? null) way.unshift(step);
      return way;
    }
    const document = documents.get(at);
    if (document === undefined) continue;
    for (const { reference } of callsOf(document)) {
      const found = findPipeline(project.pipelines, reference, at);
      if (found.kind !== "found" || cameFrom.has(found.entry.path)) continue;
      cameFrom.set(found.entry.path, at);
      open.push(found.entry.path);
    }
  }
  return null;
}
