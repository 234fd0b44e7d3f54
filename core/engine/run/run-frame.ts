import type { Failure, Json, StageAddress } from "#core/ports";
import type { PlanArm, StagePlan } from "../plan/run-plan.ts";
import type { Frame } from "../schedule/state.ts";
import type { FrameView } from "./frame-view.ts";
import type { Live } from "./live.ts";
import type { PipelineRun } from "./pipeline-run.ts";

/** The values that belong to a frame of the schedule: what its stages gave, and what they see. */
export interface RunFrame {
  readonly schedule: Frame;
  /** The frame around in the same pipeline. */
  readonly parent: RunFrame | null;
  readonly pipeline: PipelineRun;
  /** For a called pipeline, the frame that it shares the variables of; null when it shares none. */
  readonly shares: RunFrame | null;
  /** By index, as all that belongs to a stage here; a stage without an output has none. */
  readonly outputs: (Json | undefined)[];
  /** Why a stage has no output: it was skipped, or failed. */
  readonly reasons: (string | undefined)[];
  /** Attempts that have not ended, and owners whose frames are open. */
  readonly live: (Live | undefined)[];
  /** Stages that are to be cancelled and whose start is still to be carried out: it is not any more. Null until there is one. */
  doomed: Set<number> | null;
  /** Variables set in this frame; null until there is one. */
  variables: Map<string, Json> | null;
  readonly loop: LoopRound | null;
  /** In a catch or finally arm: what went wrong before it. */
  readonly error: (Failure & { readonly stage: string | null }) | null;
  /** Arms of stages here that have ended or run: for expressions that read out of a try. */
  readonly arms: (Map<PlanArm, RunFrame> | undefined)[];
}

/** What a round of a loop is about. */
export interface LoopRound {
  readonly item: Json;
  /** Among the items that the loop decided on. */
  readonly place: number;
  /** In the list that was given. */
  readonly index: number;
  /** How many rounds there are. */
  readonly total: number;
  /** The names under which its stages see the item and its index; null for a leg, whose item is `matrix`. */
  readonly variables: { readonly item: string; readonly index: string } | null;
}

/** The values of a round or an arm in which nothing has run. */
export function createRunFrame(
  schedule: Frame,
  parent: RunFrame,
  about: { readonly loop?: LoopRound; readonly error?: RunFrame["error"] } = {},
): RunFrame {
  return newFrame(schedule, parent.pipeline, parent, null, about.loop ?? null, about.error ?? null);
}

/** The values of a pipeline, the run's own or a called one, in which nothing has run. */
export function frameOfPipeline(schedule: Frame, pipeline: PipelineRun, shares: RunFrame | null): RunFrame {
  return newFrame(schedule, pipeline, null, shares, null, null);
}

/** Written out, and with as few objects as can be, since there is one for each round of each loop. */
function newFrame(
  schedule: Frame,
  pipeline: PipelineRun,
  parent: RunFrame | null,
  shares: RunFrame | null,
  loop: LoopRound | null,
  error: RunFrame["error"],
): RunFrame {
  const count = schedule.region.stages.length;
  return {
    schedule,
    parent,
    pipeline,
    shares,
    outputs: new Array<Json | undefined>(count),
    reasons: [],
    live: new Array<Live | undefined>(count),
    doomed: null,
    variables: null,
    loop,
    error,
    arms: [],
  };
}

/** Where a stage of this frame is in the run. */
export function addressIn(frame: RunFrame, stage: StagePlan): StageAddress {
  return { frames: frame.schedule.steps, stage: stage.id };
}

/** Variables as seen from a frame: its own hide those around. */
export function visibleVariables(frame: FrameView): ReadonlyMap<string, Json> {
  const outer = frame.parent ?? frame.shares;
  if (outer === null) return frame.variables ?? NONE;
  const around = visibleVariables(outer);
  return frame.variables === null ? around : new Map([...around, ...frame.variables]);
}

const NONE: ReadonlyMap<string, Json> = new Map();
