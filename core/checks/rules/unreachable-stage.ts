import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A stage whose condition is a constant that never holds. `enabled: false` says the same on purpose. */
export function* unreachableStage({ stage }: StageFacts): Iterable<Finding> {
  const { when } = stage;
  if (when === null || when.condition.kind !== "boolean" || when.condition.value !== when.negated) return;
  yield {
    rule: "unreachable-stage",
    message: `The stage "${stage.id}" never runs, as its condition is always ${String(when.condition.value)}. Write "enabled": false to switch it off.`,
    span: when.condition.span,
  };
}
