import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import { referenceSpan } from "../resolve-references.ts";
import type { StageFacts } from "../stage-facts.ts";
import { isWithin } from "../stage-links.ts";

/** A stage in a loop has an output for each round, so from outside there is no one output to read. */
export function* loopBodyReference(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  for (const resolved of view.referencesOf(facts)) {
    if (resolved.kind !== "stage") continue;
    const loops = view.ownersOf(resolved.stage).filter(({ arm }) => arm === "loop");
    const loop = loops.find(({ owner }) => !isWithin(view, facts.stage, owner))?.owner;
    if (loop === undefined) continue;
    yield {
      rule: "loop-body-reference",
      message: `"${resolved.stage.id}" runs once for each item of "${loop.id}". Read the list of what the rounds gave: upstream.${loop.id}.results`,
      span: referenceSpan(resolved, resolved.pathFrom - 1),
      related: [{ message: "The loop", stage: loop.id, span: null }],
    };
  }
}
