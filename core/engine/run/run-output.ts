import { whyUnwritable } from "#core/journal";
import type { Json } from "#core/ports";
import type { PipelinePlan, StagePlan } from "../plan/run-plan.ts";
import { Phase } from "../schedule/state.ts";
import type { RunFrame } from "./run-frame.ts";

/** What a run gives, or why it gives nothing. */
export type RunOutput =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly message: string };

/**
 * The output stage's output; where that has none or is not named, the only leaf that succeeded, or a map of those
 * (design, "Execution"). A leaf is a stage of the pipeline itself that no other waits for.
 */
export function runOutput(plan: PipelinePlan, root: RunFrame): RunOutput {
  const named = plan.outputStage === null ? undefined : outputOf(root, plan.outputStage);
  if (named !== undefined) return { ok: true, output: named };
  const leaves = plan.root.stages.filter(({ dependents }) => dependents.length === 0);
  const given = leaves.flatMap((stage) => {
    const output = outputOf(root, stage);
    return output === undefined ? [] : [[stage.id, output] as const];
  });
  const [first] = given;
  if (first === undefined) return { ok: false, message: nothing(plan, leaves) };
  if (given.length === 1) return { ok: true, output: first[1] };
  const all = Object.fromEntries(given);
  const reason = whyUnwritable(all);
  if (reason === null) return { ok: true, output: all };
  return {
    ok: false,
    message: `The output of all last stages together is ${reason}. Name one of them in output_stage_id.`,
  };
}

function nothing(plan: PipelinePlan, leaves: readonly StagePlan[]): string {
  if (plan.root.stages.length === 0) return "The pipeline has no stages, so it has no output. Add a stage.";
  const ids = leaves.map(({ id }) => `"${id}"`).join(", ");
  return `The run has no output: none of the last stages (${ids}) succeeded. The journal says why each was skipped or failed.`;
}

function outputOf(root: RunFrame, stage: StagePlan): Json | undefined {
  let frame: RunFrame | undefined = root;
  const path: StagePlan[] = [];
  for (let owner = stage.region.owner; owner !== null; owner = owner.stage.region.owner)
    path.unshift(owner.stage);
  for (const owner of path) {
    const arm = stage.region.owner?.stage === owner ? stage.region.owner.arm : "try";
    frame = frame?.arms[owner.index]?.get(arm);
  }
  if (frame?.schedule.phases[stage.index] !== Phase.succeeded) return undefined;
  return frame.outputs[stage.index] ?? null;
}
