import { declaresNothing, type Field, laterPipelineFields, laterStageFields } from "#core/pipeline";
import type { Finding, PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** What a run would leave out of a stage, so that it will not start. */
export function* unsupportedStageField({ stage }: StageFacts): Iterable<Finding> {
  yield* unsupported(stage.fields, laterStageFields);
}

/** What a run would leave out of the pipeline, so that it will not start. */
export function* unsupportedPipelineField({ document }: PipelineView): Iterable<PlacedFinding> {
  for (const finding of unsupported(document.pipeline.fields, laterPipelineFields))
    yield { ...finding, stage: null };
}

function* unsupported(fields: readonly Field[], later: ReadonlyMap<string, string>): Iterable<Finding> {
  for (const { key, keySpan, value } of fields) {
    const feature = later.get(key);
    if (feature === undefined || declaresNothing(value)) continue;
    yield {
      rule: "unsupported-field",
      message: `"${key}" is not supported in this version (${feature}), so a run will not start. Remove it, or wait for a later version.`,
      span: keySpan,
    };
  }
}
