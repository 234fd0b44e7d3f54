import type { DebugProtocol } from "@vscode/debugprotocol";
import type { StagePlan } from "#core/engine";
import { adapterErrors } from "./adapter-error.ts";
import { createHandles } from "./handles.ts";
import type { RunFile } from "./run-files.ts";
import type { Frame } from "./stack.ts";

/** A stage that a step into another may lead to. */
export interface StepTarget {
  /** The file that it is written in, absolute. */
  readonly path: string;
  readonly stage: string;
}

/** The targets of a session, by the numbers that the client is given. */
export interface StepTargets {
  /**
   * Where a step into the stage of a frame may lead: to the stages that it may choose, and to those that begin what it runs. What
   * it calls, and the steps of one that asks a model, are where any step into it leads.
   */
  of(frame: Frame, file: RunFile): DebugProtocol.StepInTarget[];
  /** Throws for a number of which nothing is known any more. */
  at(id: number): StepTarget;
  reset(): void;
}

export function createStepTargets(): StepTargets {
  const known = createHandles<StepTarget>();
  return {
    of: (frame, file) => {
      const plan = frame.stage === null ? undefined : file.planOf(frame.stage);
      if (plan === undefined || frame.kind !== "stage" || frame.point.kind !== "before") return [];
      return [...chosen(plan), ...owned(plan)].map(({ label, stage }) => ({
        id: known.create({ path: file.placeOf(stage).path, stage }),
        label: `${label}: ${stage}`,
      }));
    },
    at: (id) => {
      const target = known.get(id);
      if (target === undefined) throw adapterErrors.staleReference();
      return target;
    },
    reset: known.reset,
  };
}

interface Child {
  readonly label: string;
  readonly stage: string;
}

function chosen({ branches, region }: StagePlan): readonly Child[] {
  return branches.flatMap(({ index, arms }) => {
    const stage = region.stages[index];
    return stage === undefined ? [] : [{ label: arms.join(", "), stage: stage.id }];
  });
}

/** The legs of a matrix are the stage itself. */
function owned({ owns }: StagePlan): readonly Child[] {
  return [...owns].flatMap(([arm, { stages }]) =>
    arm === "matrix"
      ? []
      : stages.filter(({ waitsFor }) => waitsFor === 0).map(({ id }) => ({ label: arm, stage: id })),
  );
}
