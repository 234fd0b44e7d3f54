import type { FinalDecision } from "#core/journal";
import type { Failure, JsonObject, StageAddress } from "#core/ports";
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
  /** What the gate that holds it was asked about; null when none holds it. */
  held: HeldAt | null;
  /** Whether a gate holds it within its attempt: meanwhile no time of it counts. */
  isHeldWithin: boolean;
  /** Cuts the answer off that is coming from a model; null while none is. */
  cutOff: (() => boolean) | null;
  /** Lets the run go on from the gate that holds this stage after its outcome; null when none does. */
  release: (() => void) | null;
}

/** Where a stage stands still, with what can still be changed there. */
export type HeldAt =
  | { readonly kind: "before"; readonly inputs: Prepared }
  /** `decision` is what its success said of other stages; null for a success that says nothing, and any other end. */
  | { readonly kind: "after"; readonly decision: FinalDecision | null };

/** The inputs that an attempt will begin with, or why it will fail. */
export type Prepared =
  | { readonly kind: "ok"; readonly value: JsonObject }
  | { readonly kind: "failed"; readonly failure: Failure };

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
    held: null,
    isHeldWithin: false,
    cutOff: null,
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
