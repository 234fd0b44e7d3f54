import { eachArmEntry, isAround } from "../arm-entries.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A stage does not wait for itself, and is not inside itself. */
export function* selfDependency(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  if (view.inherits) return;
  const { stage } = facts;
  for (const { value, span } of stage.dependsOn) {
    if (value !== stage.id) continue;
    const message = `The stage "${stage.id}" waits for itself, so it would never run. Remove this entry.`;
    yield { rule: "self-dependency", message, span, fix: { kind: "remove" } };
  }
  yield* eachArmEntry(facts, view, (_, __, arm, { value }) => {
    if (value === stage.id) {
      const message = `The stage "${stage.id}" cannot be one of its own stages. Remove this entry.`;
      return { rule: "self-dependency", message, fix: { kind: "remove" } };
    }
    const named = view.find(value, stage);
    if (named === undefined || !isAround(view, stage, arm, named)) return undefined;
    const message = `"${value}" has "${stage.id}" inside, so it cannot be inside that one. Remove this entry.`;
    return { rule: "self-dependency", message, fix: { kind: "remove" } };
  });
}
