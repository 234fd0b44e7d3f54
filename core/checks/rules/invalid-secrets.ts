import { readSecrets } from "#core/pipeline";
import type { Finding, PlacedFinding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** `secrets` of a stage must say which they are. */
export function* invalidStageSecrets({ stage }: StageFacts): Iterable<Finding> {
  for (const { message, span } of readSecrets(stage.fields).faults)
    yield { rule: "invalid-secrets", message, span };
}

/** And those of the pipeline. */
export function* invalidPipelineSecrets({ document }: PipelineView): Iterable<PlacedFinding> {
  for (const { message, span } of readSecrets(document.pipeline.fields).faults)
    yield { rule: "invalid-secrets", stage: null, message, span };
}
