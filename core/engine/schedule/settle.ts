import { type Dependent, dependentIndex, waitsAlways } from "../plan/dependent.ts";
import type { Commands } from "./command.ts";
import { dequeue, enqueue } from "./queue.ts";
import { readiness } from "./readiness.ts";
import { leaveRoom, takeRoom } from "./rooms.ts";
import { type Ending, type Frame, isFinal, type Owner, Phase, type Schedule } from "./state.ts";

/** Lets a frame begin: starts what waits for nothing. An empty one is over at once. */
export function beginFrame(schedule: Schedule, frame: Frame, give: Commands): void {
  for (const stage of frame.region.stages) reconsider(schedule, frame, stage.index, give);
  fill(schedule, give);
  if (frame.remaining === 0) closeFrame(frame, give);
}

/** Gives a stage its last word, and reconsiders those that waited for it. */
export function settle(schedule: Schedule, frame: Frame, index: number, phase: number, give: Commands): void {
  mark(schedule, frame, index, phase, give);
  fill(schedule, give);
  if (frame.remaining === 0) closeFrame(frame, give);
}

/** The same for a stage whose end is that of its frame: none of those that wait for room is started before. */
export function settleAndEnd(
  schedule: Schedule,
  frame: Frame,
  { index, phase, ending }: { readonly index: number; readonly phase: number; readonly ending: Ending },
  give: Commands,
): void {
  const isFirst = frame.ending === null;
  frame.ending ??= ending;
  mark(schedule, frame, index, phase, give);
  if (isFirst) sweep(schedule, frame, give);
  fill(schedule, give);
  if (frame.remaining === 0) closeFrame(frame, give);
}

/**
 * Gives up on a frame: what runs is cancelled, what waits is left out as its turn comes; only what is there to clean
 * up after a failure goes on. The first reason stays, but being cancelled stops even that.
 */
export function beginEnding(schedule: Schedule, frame: Frame, ending: Ending, give: Commands): void {
  if (frame.ending !== null && !(frame.ending.kind === "failed" && ending.kind === "cancelled")) return;
  frame.ending = ending;
  sweep(schedule, frame, give);
}

/** Gives up on everything that is open, what cleans up included. */
export function endAtOnce(schedule: Schedule, give: Commands): void {
  schedule.hard = true;
  for (const frame of schedule.frames.values()) {
    frame.ending = { kind: "cancelled" };
    sweep(schedule, frame, give);
  }
}

/** Tells an owner to stop: what it has open is given up, but for a `finally`, which always runs to its end. */
export function stopOwner(schedule: Schedule, owner: Owner, ending: Ending, give: Commands): void {
  if (!owner.stopped) {
    owner.stopped = true;
    owner.ending = ending;
  }
  for (const child of owner.open) {
    if (schedule.hard || !isFinally(child)) beginEnding(schedule, child, { kind: "cancelled" }, give);
  }
}

/** Whether a frame is the `finally` of a try. */
export function isFinally({ steps }: Frame): boolean {
  const step = steps.at(-1);
  return step?.kind === "arm" && step.arm === "finally";
}

/** Starts as many queued stages as there is room for. */
export function fill(schedule: Schedule, give: Commands): void {
  while (schedule.occupied < schedule.limit) {
    const next = dequeue(schedule.queue);
    if (next === undefined) return;
    // One that was taken back when its frame began to end is still in the queue.
    if (next.frame.phases[next.index] !== Phase.queued) continue;
    if (next.frame.room !== null && !takeRoom(next, next.frame.room)) continue;
    next.frame.phases[next.index] = Phase.running;
    schedule.occupied += 1;
    give(next);
  }
}

/**
 * Whether a stage that waits may have been waiting for just this end. Looking at all it depends on each time one of
 * those ends would make a fan-in cost the square of its width.
 */
function mayDecide(frame: Frame, waiter: Dependent, ended: number): boolean {
  const index = dependentIndex(waiter);
  if (frame.alwaysWaits[index] !== 0) return false;
  if (frame.waits[index] === 0 || waitsAlways(waiter)) return true;
  switch (frame.region.stages[index]?.triggerRule) {
    case "one_success":
      return ended === Phase.succeeded || ended === Phase.tolerated;
    case "one_failed":
      return ended === Phase.failed || ended === Phase.spared || ended === Phase.cancelled;
    case "one_done":
      return ended !== Phase.skipped;
    case undefined:
    case "always":
    case "all_success":
    case "all_failed":
    case "all_done":
    case "all_done_min_one_success":
    case "all_skipped":
    case "none_failed":
    case "none_failed_min_one_success":
    case "none_skipped":
      return false;
  }
}

function reconsider(schedule: Schedule, frame: Frame, index: number, give: Commands): void {
  const stage = frame.region.stages[index];
  if (stage === undefined || frame.phases[index] !== Phase.waiting) return;
  const ready = readiness(frame, stage);
  switch (ready.kind) {
    case "wait":
      return;
    case "run":
      frame.phases[index] = Phase.queued;
      enqueue(schedule.queue, { kind: "start", frame, index });
      return;
    case "skip":
      frame.phases[index] = Phase.leaving;
      give({ kind: "skip", frame, index, cause: ready.cause, reason: ready.reason });
      return;
  }
}

function mark(schedule: Schedule, frame: Frame, index: number, phase: number, give: Commands): void {
  const before = frame.phases[index];
  if (before === undefined || isFinal(before)) {
    throw new Error(
      `The stage "${frame.region.stages[index]?.id ?? index}" of frame "${frame.key}" ended twice.`,
    );
  }
  // An owner gave its room back when it decided.
  if (before === Phase.running && !frame.owners.delete(index)) leaveRoom(schedule, frame);
  frame.phases[index] = phase;
  frame.remaining -= 1;
  if (phase !== Phase.succeeded && phase !== Phase.tolerated) frame.isSmooth = false;
  const { starts, all } = frame.region.waiters;
  const end = starts[index + 1] ?? 0;
  for (let place = starts[index] ?? end; place < end; place++) {
    const dependent = all[place] ?? 0;
    const waiter = dependentIndex(dependent);
    frame.waits[waiter] = (frame.waits[waiter] ?? 0) - 1;
    if (waitsAlways(dependent)) frame.alwaysWaits[waiter] = (frame.alwaysWaits[waiter] ?? 0) - 1;
    if (mayDecide(frame, dependent, phase)) reconsider(schedule, frame, waiter, give);
  }
}

function sweep(schedule: Schedule, frame: Frame, give: Commands): void {
  for (const stage of frame.region.stages) {
    const { index } = stage;
    const phase = frame.phases[index];
    if (phase !== Phase.queued && phase !== Phase.running) continue;
    const ready = readiness(frame, stage);
    if (ready.kind === "run") continue;
    if (phase === Phase.running) {
      stop(schedule, frame, index, give);
    } else if (ready.kind === "skip") {
      frame.phases[index] = Phase.leaving;
      give({ kind: "skip", frame, index, cause: ready.cause, reason: ready.reason });
    }
  }
}

function stop(schedule: Schedule, frame: Frame, index: number, give: Commands): void {
  const owner = frame.owners.get(index);
  if (owner !== undefined) stopOwner(schedule, owner, { kind: "cancelled" }, give);
  give({ kind: "cancel", frame, index });
}

function closeFrame(frame: Frame, give: Commands): void {
  give(
    frame.parent === null
      ? { kind: "end-run", ending: frame.ending }
      : { kind: "close-frame", frame, ending: frame.ending },
  );
}
