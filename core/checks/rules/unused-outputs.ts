import type { ComponentDefinition } from "#core/component-definitions";
import type { Stage } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";
import type { Structure } from "../structure.ts";

/**
 * A stage that does nothing but make an output, which nothing reads and which is not the pipeline's. Where stages may
 * be skipped, the output may come from another stage than the named one, so nothing is said there.
 */
export function* unusedOutputs(
  { stage, definition }: StageFacts,
  view: PipelineView,
  { awaited, canSkip }: Structure,
): Iterable<Finding> {
  const { outputStage } = view.document.pipeline;
  if (outputStage === null || view.inherits || canSkip || awaited.has(stage.id)) return;
  if (definition === undefined || !onlyMakesOutput(definition) || stage.id === outputStage.value) return;
  yield {
    code: "unused-output",
    severity: "hint",
    message: `Nothing reads the output of "${stage.id}", and the pipeline's output is that of "${outputStage.value}".`,
    span: stage.idSpan,
  };
}

/** Whether a stage can be skipped, or skip others. */
export function mayBeSkipped({ when, enabled, arms, onError }: Stage): boolean {
  return when !== null || !enabled || arms.length > 0 || onError !== null;
}

function onlyMakesOutput({ category, type }: ComponentDefinition): boolean {
  return (category === "ai" || category === "data") && type !== "variable_set";
}
