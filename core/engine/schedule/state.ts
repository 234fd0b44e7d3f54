import type { OwnerDecision, RunFailure } from "#core/journal";
import { addressKey, type FrameStep } from "#core/ports";
import type { RegionPlan, RunPlan } from "../plan/run-plan.ts";
import { createQueue, type Queue } from "./queue.ts";

/** How far a stage has come, as small numbers since a frame keeps one for each stage. */
export const Phase = {
  waiting: 0,
  /** May start as soon as there is room. */
  queued: 1,
  /** A skip was asked for. */
  leaving: 2,
  /** A start was asked for; or it runs, or owns frames that run. */
  running: 3,
  succeeded: 4,
  /** Failed with `on_error: continue`: counts as succeeded. */
  tolerated: 5,
  failed: 6,
  skipped: 7,
  /** Skipped since one before it failed: counts as failed. */
  spared: 8,
  cancelled: 9,
} as const;

/** The state of a run's scheduling: what the events so far say. Only advance() changes it. */
export interface Schedule {
  readonly plan: RunPlan;
  readonly root: Frame;
  /** Frames that are open, by key; the root's is the empty text. */
  readonly frames: Map<string, Frame>;
  /** Stages that wait for room, first come first served. */
  readonly queue: Queue<Queued>;
  /** Attempts that take up room, and how many may. */
  occupied: number;
  readonly limit: number;
  /** Whether even what cleans up is to stop: the run was cancelled a second time. */
  hard: boolean;
}

/** The room that a called pipeline allows itself within that of the run: its `concurrency`. */
export interface Room {
  readonly limit: number;
  occupied: number;
  /** Of the pipeline that calls it, when that has one. */
  readonly around: Room | null;
  /** Stages that the run has room for and this has not. */
  readonly held: Queue<Queued>;
}

/** A stage of a frame. */
export interface Place {
  readonly frame: Frame;
  readonly index: number;
}

/** As the command that starts it. */
export interface Queued {
  readonly kind: "start";
  readonly frame: Frame;
  readonly index: number;
}

/** A region at run time: one for the pipeline, one for each iteration, each arm's attempt, and each called pipeline. */
export interface Frame {
  /** Empty for the pipeline; else like `each[2]/`. */
  readonly key: string;
  readonly steps: readonly FrameStep[];
  readonly region: RegionPlan;
  readonly parent: { readonly frame: Frame; readonly index: number } | null;
  /** Null where only the run's own room counts. */
  readonly room: Room | null;
  /** By index, as all lists here. Plain ones: a loop makes a frame for each round, and typed ones are dear to make. */
  readonly phases: number[];
  /** For how many stages each one still waits; and for how many of those under any rule. */
  readonly waits: number[];
  readonly alwaysWaits: number[];
  /** Stages without a final phase. */
  remaining: number;
  /** Whether all stages that have ended have succeeded, or count as if they had. */
  isSmooth: boolean;
  /** Set when the rest is to be given up. */
  ending: Ending | null;
  /** The stages that conditionals leave out, by index; null until there is one. */
  left: Set<number> | null;
  /** Stages that have decided and own frames now. */
  readonly owners: Map<number, Owner>;
}

export type Ending =
  | { readonly kind: "failed"; readonly failure: RunFailure }
  | { readonly kind: "returned" }
  | { readonly kind: "cancelled" };

/** A stage that owns frames. */
export interface Owner {
  readonly decision: OwnerDecision;
  readonly open: Set<Frame>;
  /** Frames that were asked for and have not begun. */
  asked: number;
  /** Iterate: the place of the next item. */
  next: number;
  /** How it will end; while null, well. */
  ending: Ending | null;
  /** Whether it wants no more rounds: one failed that ends it, or returned. */
  breaking: boolean;
  /** Whether it was told to stop: what it has open is given up, and only a `finally` is still to come. */
  stopped: boolean;
  /** Whether its end was asked for. */
  done: boolean;
}

/** The state before the first event. */
export function emptySchedule(plan: RunPlan): Schedule {
  const root = createFrame([], plan.root, null, null);
  return {
    plan,
    root,
    frames: new Map([["", root]]),
    queue: createQueue(),
    occupied: 0,
    limit: plan.maxParallel ?? DEFAULT_PARALLEL,
    hard: false,
  };
}

/** FlowMason's own limit where a pipeline names none (facts, section 4.1). */
const DEFAULT_PARALLEL = 10;

/** A frame of which nothing has run. */
export function createFrame(
  steps: readonly FrameStep[],
  region: RegionPlan,
  parent: Frame["parent"],
  room: Room | null,
): Frame {
  const { stages } = region;
  return {
    key: frameKey(steps),
    steps,
    region,
    parent,
    room,
    phases: stages.map(() => Phase.waiting),
    waits: stages.map(({ waitsFor }) => waitsFor),
    alwaysWaits: stages.map(({ waitsAlwaysFor }) => waitsAlwaysFor),
    remaining: stages.length,
    isSmooth: true,
    ending: null,
    left: null,
    owners: new Map(),
  };
}

/** What frames are found by: as in {@link addressKey}. */
export function frameKey(steps: readonly FrameStep[]): string {
  return steps.length === 0 ? "" : addressKey({ frames: steps, stage: "" });
}

/** Whether the stage has its last word. */
export function isFinal(phase: number | undefined): boolean {
  return phase !== undefined && phase >= Phase.succeeded;
}
