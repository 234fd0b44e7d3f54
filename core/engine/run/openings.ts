import type { Arm, PlanArm } from "../plan/run-plan.ts";
import { type Frame, frameKey } from "../schedule/state.ts";
import type { OwnerAt } from "./owner-of.ts";
import { createRunFrame, frameOfPipeline, type RunFrame } from "./run-frame.ts";

/** A frame that an event opens: its key, and how its values are made once the schedule has it. */
export interface Opening {
  readonly key: string;
  readonly frame: (schedule: Frame) => RunFrame;
}

/** A round of a loop, or a leg of a matrix: that of the item at `place` among those that the owner decided on. */
export function openingOfRound({ parent, results, address }: OwnerAt, place: number): Opening {
  const { decision, items } = results;
  if (decision.kind !== "iterate" && decision.kind !== "matrix")
    throw new Error(`The stage "${address.stage}" has no rounds.`);
  const index = decision.indexes[place] ?? place;
  const variables =
    decision.kind === "matrix" ? null : { item: decision.itemVariable, index: decision.indexVariable };
  const loop = { item: items[place] ?? null, place, index, total: items.length, variables };
  const step = { kind: "iteration", owner: address.stage, index } as const;
  return {
    key: frameKey([...address.frames, step]),
    frame: (frame) => createRunFrame(frame, parent, { loop }),
  };
}

/** An arm of a try. */
export function openingOfArm(
  { parent, results, address }: OwnerAt,
  index: number,
  { arm, attempt }: { readonly arm: Arm; readonly attempt: number },
): Opening {
  const step = { kind: "arm", owner: address.stage, arm, attempt } as const;
  return {
    key: frameKey([...address.frames, step]),
    frame: (frame) => {
      const own = createRunFrame(frame, parent, arm === "try" ? {} : { error: results.failure });
      const arms = parent.arms[index] ?? new Map<PlanArm, RunFrame>();
      parent.arms[index] = arms.set(arm, own);
      return own;
    },
  };
}

/** A called pipeline. */
export function openingOfCall({ parent, results, address }: OwnerAt, attempt: number): Opening {
  const { call } = results;
  if (call === null) throw new Error(`The stage "${address.stage}" calls nothing.`);
  const { plan, visibleInput, sharesVariables } = call;
  const step = { kind: "subpipeline", owner: address.stage, pipeline: plan.pipeline.name, attempt } as const;
  return {
    key: frameKey([...address.frames, step]),
    frame: (frame) =>
      frameOfPipeline(
        frame,
        { plan, visibleInput, caller: parent.pipeline, returned: null },
        sharesVariables ? parent : null,
      ),
  };
}
