import { stageById } from "#core/pipeline";
import { didYouMean } from "../did-you-mean.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** The stage whose output is the pipeline's must exist. */
export function* unknownOutputStage(view: PipelineView): Iterable<PlacedFinding> {
  const named = view.document.pipeline.outputStage;
  if (named === null || view.inherits || stageById(view.document, named.value) !== undefined) return;
  yield {
    stage: null,
    rule: "unknown-output-stage",
    message: `There is no stage "${named.value}" to take the output from.${didYouMean(named.value, view.stageIds())}`,
    span: named.span,
  };
}
