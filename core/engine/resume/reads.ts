import { type Reference, references } from "#core/expressions";
import type { StagePlan } from "../plan/run-plan.ts";

/** Whether an expression of the stage begins with one of these names. */
export function readsRoot(stage: StagePlan, roots: ReadonlySet<string>): boolean {
  return referencesOf(stage).some(({ root }) => roots.has(root));
}

/** Whether an expression of the stage reads variables that other stages set. */
export function readsVariables(stage: StagePlan): boolean {
  return readsRoot(stage, variableRoots);
}

/** `context` has the variables too. */
const variableRoots: ReadonlySet<string> = new Set(["vars", "context"]);

/** Its own: those of the stages it owns are theirs. */
function referencesOf({ inputs, when, approval, addedOutputs }: StagePlan): readonly Reference[] {
  return [
    ...inputs.references,
    ...inputs.deferred,
    ...(when === null ? [] : references(when.condition)),
    ...(approval?.inputs.references ?? []),
    ...(addedOutputs?.references ?? []),
  ];
}
