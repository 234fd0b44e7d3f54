import { findReference } from "#core/pipeline";
import { wayBack } from "../call-ways.ts";
import { callsOf } from "../called-pipelines.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { whyUncallable } from "../uncallable.ts";

/** What is called must be able to run, with all that it calls by constant names. */
export function* uncallablePipeline(view: PipelineView): Iterable<PlacedFinding> {
  const { path, document, project } = view;
  if (path === null) return;
  for (const { stage, reference, span } of callsOf(document)) {
    const found = findReference(project.pipelines, reference, path);
    // A circle through this pipeline is told as that.
    if (found.kind !== "found" || wayBack(view, found.entry.path, path) !== null) continue;
    const message = whyUncallable(found.entry, project.pipelines, view.problemsOf);
    if (message !== null) yield { stage, rule: "uncallable-pipeline", message, span };
  }
}
