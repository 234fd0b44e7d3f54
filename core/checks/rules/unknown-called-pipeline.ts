import { describeMissing, findReference } from "#core/pipeline";
import { callsOf } from "../called-pipelines.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** A pipeline that a stage calls by a constant name must be in the project. Outside of a project nothing is known. */
export function* unknownCalledPipeline(view: PipelineView): Iterable<PlacedFinding> {
  if (view.path === null) return;
  for (const { stage, reference, span } of callsOf(view.document)) {
    const found = findReference(view.project.pipelines, reference, view.path);
    if (found.kind === "found") continue;
    const meant = found.kind === "missing" ? found.nearest : null;
    yield {
      stage,
      rule: "unknown-called-pipeline",
      message: describeMissing(reference, found),
      span,
      ...(meant === null ? {} : { fix: { kind: "replace-text", text: meant } }),
    };
  }
}
