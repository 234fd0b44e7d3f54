import type { StagePlan } from "./run-plan.ts";

/** The stage that does a stage's work: that of a leg where it has a matrix, else itself. */
export function workOf(stage: StagePlan): StagePlan {
  return stage.owns.get("matrix")?.stages[0] ?? stage;
}
