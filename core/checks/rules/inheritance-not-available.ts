import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** What a run of this version does not join. */
export function* inheritanceNotAvailable({ document: { pipeline } }: PipelineView): Iterable<PlacedFinding> {
  if (pipeline.extends === null) return;
  yield {
    stage: null,
    rule: "inheritance-not-available",
    message: `This version does not yet join a pipeline with the one it extends ("${pipeline.extends.value}"): a run will not start, and what the parent has is not checked.`,
    span: pipeline.extends.span,
  };
}
