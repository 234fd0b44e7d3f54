import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** `depends_on` names stages of this pipeline, and not the stage itself. */
export function* dependencies({ stage }: StageFacts, view: PipelineView): Iterable<Finding> {
  if (view.inherits) return;
  for (const { value, span } of stage.dependsOn) {
    if (value === stage.id) {
      yield {
        code: "self-dependency",
        severity: "error",
        message: `The stage "${stage.id}" waits for itself, so it would never run. Remove this entry.`,
        span,
      };
    } else if (view.find(value, stage) === undefined) {
      yield {
        code: "unknown-dependency",
        severity: "error",
        message: `There is no stage "${value}" to wait for.${didYouMean(value, view.stageIds())}`,
        span,
      };
    }
  }
}
