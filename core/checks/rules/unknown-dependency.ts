import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** `depends_on` names stages of this pipeline. */
export function* unknownDependency({ stage }: StageFacts, view: PipelineView): Iterable<Finding> {
  if (view.inherits) return;
  for (const { value, span } of stage.dependsOn) {
    if (value === stage.id || view.find(value, stage) !== undefined) continue;
    yield {
      rule: "unknown-dependency",
      message: `There is no stage "${value}" to wait for.${didYouMean(value, view.stageIds())}`,
      span,
    };
  }
}
