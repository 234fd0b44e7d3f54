import { findReference } from "#core/pipeline";
import { wayBack } from "../call-ways.ts";
import { callsOf } from "../called-pipelines.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** A pipeline that calls itself, directly or through others, would never end. */
export function* callCycle(view: PipelineView): Iterable<PlacedFinding> {
  const { path: home, document, project } = view;
  if (home === null) return;
  for (const { stage, reference, span } of callsOf(document)) {
    const found = findReference(project.pipelines, reference, home);
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
