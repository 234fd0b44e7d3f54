import type { Commands } from "./command.ts";
import { readiness } from "./readiness.ts";
import { type Ending, type Frame, isFinal, Phase, type Schedule } from "./state.ts";

/** Lets a frame begin: starts what waits for nothing. An empty one is over at once. */
export function beginFrame(schedule: Schedule, frame: Frame, give: Commands): void {
  for (const stage of frame.region.stages) reconsider(schedule, frame, stage.index, give);
  fill(schedule, give);
  if (frame.remaining === 0) closeFrame(frame, give);
}

/** Gives a stage its last word, and reconsiders those that waited for it. */
export function settle(schedule: Schedule, frame: Frame, index: number, phase: number, give: Commands): void {
  const before = frame.phases[index];
  const stage = frame.region.stages[index];
  if (stage === undefined || isFinal(before)) {
    throw new Error(`The stage "${stage?.id ?? index}" of frame "${frame.key}" ended twice.`);
  }
  // An owner gave its room back when it decided.
  if (before === Phase.running && !frame.owners.delete(index)) schedule.occupied -= 1;
  frame.phases[index] = phase;
  frame.remaining -= 1;
  for (const { index: dependent, always } of stage.dependents) {
    frame.waits[dependent] = (frame.waits[dependent] ?? 0) - 1;
    if (always) frame.alwaysWaits[dependent] = (frame.alwaysWaits[dependent] ?? 0) - 1;
    reconsider(schedule, frame, dependent, give);
  }
  fill(schedule, give);
  if (frame.remaining === 0) closeFrame(frame, give);
}

/**
 * Gives up on a frame: what runs is cancelled, but for the stage that is the cause; what waits is left out as its
 * turn comes. The first reason stays, but that being cancelled stops even the stages that clean up after a failure.
 */
export function beginEnding(frame: Frame, ending: Ending, cause: number | null, give: Commands): void {
  if (frame.ending !== null && !(frame.ending.kind === "failed" && ending.kind === "cancelled")) return;
  frame.ending = ending;
  for (let index = 0; index < frame.phases.length; index++) {
    if (index === cause) continue;
    if (frame.phases[index] === Phase.queued) dequeue(frame, index, give);
    else if (frame.phases[index] === Phase.running) stop(frame, index, give);
  }
}

/** Starts as many queued stages as there is room for. */
export function fill(schedule: Schedule, give: Commands): void {
  const { queue, plan } = schedule;
  while (schedule.occupied < plan.maxParallel && schedule.queueHead < queue.length) {
    const next = queue[schedule.queueHead];
    schedule.queueHead += 1;
    // One that was taken back when its frame began to end is still in the queue.
    if (next === undefined || next.frame.phases[next.index] !== Phase.queued) continue;
    next.frame.phases[next.index] = Phase.running;
    schedule.occupied += 1;
    give({ kind: "start", frame: next.frame, index: next.index });
  }
  if (schedule.queueHead === queue.length && queue.length > 0) {
    queue.length = 0;
    schedule.queueHead = 0;
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
      schedule.queue.push({ frame, index });
      return;
    case "skip":
      frame.phases[index] = Phase.leaving;
      give({ kind: "skip", frame, index, cause: ready.cause, reason: ready.reason });
      return;
  }
}

function dequeue(frame: Frame, index: number, give: Commands): void {
  const stage = frame.region.stages[index];
  if (stage === undefined) return;
  const ready = readiness(frame, stage);
  if (ready.kind !== "skip") return;
  frame.phases[index] = Phase.leaving;
  give({ kind: "skip", frame, index, cause: ready.cause, reason: ready.reason });
}

function stop(frame: Frame, index: number, give: Commands): void {
  const owner = frame.owners.get(index);
  if (owner !== undefined) {
    owner.ending ??= { kind: "cancelled" };
    for (const child of owner.open) beginEnding(child, { kind: "cancelled" }, null, give);
  }
  give({ kind: "cancel", frame, index });
}

function closeFrame(frame: Frame, give: Commands): void {
  give(
    frame.parent === null
      ? { kind: "end-run", ending: frame.ending }
      : { kind: "close-frame", frame, ending: frame.ending },
  );
}
