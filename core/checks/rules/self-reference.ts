import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A stage has no output yet when its own inputs and condition are evaluated. */
export function* selfReference(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "stage" || resolved.stage !== facts.stage) continue;
    if (resolved.reference.guarded || resolved.expression.place === "output") continue;
    yield {
      rule: "self-reference",
      message: `The stage "${facts.stage.id}" reads its own output, which is not there before it has run.`,
      span: referenceSpan(resolved, resolved.pathFrom - 1),
    };
  }
}
