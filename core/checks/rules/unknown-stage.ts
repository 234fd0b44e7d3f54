import { nearest } from "#core/expressions";
import { question, segmentFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan, severityOfUnknown } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";

/** `upstream.x` and `stages.x` must name a stage. */
export function* unknownStage(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  // In a child pipeline it may be a stage of the parent.
  if (view.inherits) return;
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "unknown-stage") continue;
    const meant = nearest(resolved.name, view.stageIds());
    yield {
      rule: "unknown-stage",
      severity: severityOfUnknown(resolved),
      message: `There is no stage "${resolved.name}".${question(meant)}`,
      span: referenceSpan(resolved, resolved.segment),
      ...segmentFix(resolved, resolved.segment, meant),
    };
  }
}
