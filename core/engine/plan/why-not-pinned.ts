import type { PipelinePlan } from "./run-plan.ts";

/** Why an output cannot take the place of running a stage of a pipeline, for a person; null where it can. */
export function whyNotPinned({ stages }: Pick<PipelinePlan, "stages">, id: string): string | null {
  const stage = stages.get(id);
  if (stage === undefined) return `the pipeline has no stage "${id}"`;
  if (stage.isMatrix) return `"${id}" runs once for each leg of its matrix`;
  const { kind, type } = stage.definition;
  if (kind === "control-flow" || type === "variable_set")
    return `"${id}" does more than to give an output: it is a ${type}`;
  return null;
}
