import { findPipeline } from "#core/pipeline";
import { callsOf } from "../called-pipelines.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** A pipeline that a stage calls by a constant name must be in the project. Outside of a project nothing is known. */
export function* unknownCalledPipeline(view: PipelineView): Iterable<PlacedFinding> {
  if (view.path === null) return;
  for (const { stage, reference, span } of callsOf(view.document)) {
    const found = findPipeline(view.project.pipelines, reference, view.path);
    if (found.kind !== "missing") continue;
    const hint = found.nearest === null ? "" : ` Did you mean "${found.nearest}"?`;
    yield {
      stage,
      rule: "unknown-called-pipeline",
      message: `There is no pipeline "${reference}" in the project.${hint} Write its name, its id, or the path of its file.`,
      span,
      ...(found.nearest === null ? {} : { fix: { kind: "replace-text", text: found.nearest } }),
    };
  }
}
