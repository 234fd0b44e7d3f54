import type { StageAddress } from "#core/ports";
import type { StagePlan } from "../plan/run-plan.ts";
import type { OwnerLimit } from "./owner-limit.ts";
import { addressIn, type RunFrame } from "./run-frame.ts";

/** A stage between its start and its end. */
export interface Live {
  readonly frame: RunFrame;
  readonly stage: StagePlan;
  readonly address: StageAddress;
  readonly attempt: number;
  /** The debugger's thread; 0 without one, and null while it takes up none. */
  lane: number | null;
  /** Aborts the attempt, the wait before the next one, or the wait before an owner's next arm. */
  readonly stop: AbortController;
  /** Whether the attempt has its outcome: what its executor says from then on is not heard. */
  ended: boolean;
  /** Whether it was told to stop, and not for taking too long. */
  cancelled: boolean;
  /** Milliseconds of the monotonic clock at which the attempt is over; null for never. */
  deadline: number | null;
  /** For an owner that has decided: how long it may take, and what had been spent at gates when that began. */
  limit: (OwnerLimit & { readonly heldBefore: number }) | null;
  /** Lets the run go on from the gate that holds this stage after its outcome; null when none does. */
  release: (() => void) | null;
}

/** Notes that a stage is at work. */
export function enterStage(frame: RunFrame, stage: StagePlan, attempt: number, lane: number | null): Live {
  const live: Live = {
    frame,
    stage,
    address: addressIn(frame, stage),
    attempt,
    lane,
    stop: new AbortController(),
    ended: false,
    cancelled: false,
    deadline: null,
    limit: null,
    release: null,
  };
  frame.live[stage.index] = live;
  return live;
}

/** The stages of these frames that are at work. */
export function* liveIn(frames: Iterable<RunFrame>): Iterable<Live> {
  for (const { live } of frames) {
    for (const each of live) if (each !== undefined) yield each;
  }
}
