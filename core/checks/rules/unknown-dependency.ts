import { nearest } from "#core/expressions";
import { question, textFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** `depends_on` names stages of this pipeline. */
export function* unknownDependency({ stage }: StageFacts, view: PipelineView): Iterable<Finding> {
  if (view.inherits) return;
  for (const { value, span } of stage.dependsOn) {
    if (value === stage.id || view.find(value, stage) !== undefined) continue;
    const meant = nearest(value, view.stageIds());
    yield {
      rule: "unknown-dependency",
      message: `There is no stage "${value}" to wait for.${question(meant)}`,
      span,
      ...(meant === undefined ? { fix: { kind: "remove" } } : textFix(meant)),
    };
  }
}
