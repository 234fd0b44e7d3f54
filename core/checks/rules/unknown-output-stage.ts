import { nearest } from "#core/expressions";
import { stageById } from "#core/pipeline";
import { question, textFix } from "../did-you-mean.ts";
import type { PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";

/** The stage whose output is the pipeline's must exist. */
export function* unknownOutputStage(view: PipelineView): Iterable<PlacedFinding> {
  const named = view.document.pipeline.outputStage;
  if (named === null || view.inherits || stageById(view.document, named.value) !== undefined) return;
  const meant = nearest(named.value, view.stageIds());
  yield {
    stage: null,
    rule: "unknown-output-stage",
    message: `There is no stage "${named.value}" to take the output from.${question(meant)}`,
    span: named.span,
    ...textFix(meant),
  };
}
