import type { FrameEnd, OwnerDecision } from "#core/journal";
import type { FrameStep } from "#core/ports";
import { catches } from "../plan/caught-types.ts";
import type { StagePlan } from "../plan/run-plan.ts";
import type { Commands } from "./command.ts";
import { beginEnding, beginFrame, fill } from "./settle.ts";
import { createFrame, type Frame, frameKey, type Owner, type Schedule } from "./state.ts";

type Arm = "try" | "catch" | "finally";

/** A stage that owns others has decided: it gives its room back, and its first frames are asked for. */
export function decideOwner(
  schedule: Schedule,
  frame: Frame,
  index: number,
  decision: OwnerDecision,
  give: Commands,
): void {
  schedule.occupied -= 1;
  const owner: Owner = { decision, open: new Set(), asked: 0, next: 0, ending: null, done: false };
  frame.owners.set(index, owner);
  if (frame.ending !== null) owner.ending = { kind: "cancelled" };
  if (decision.kind === "try") askForArm(frame, index, owner, { arm: "try", attempt: 1, delayMs: 0 }, give);
  else askForItems(frame, index, owner, give);
  fill(schedule, give);
}

/** A frame that was asked for begins. */
export function openFrame(
  schedule: Schedule,
  frame: Frame,
  index: number,
  step: FrameStep,
  give: Commands,
): void {
  const { owner, stage } = ownerAt(frame, index);
  const region = stage.owns.get(step.kind === "arm" ? step.arm : "loop") ?? {
    owner: null,
    parent: null,
    stages: [],
    indexOf: new Map(),
  };
  const child = createFrame([...frame.steps, step], region, { frame, index });
  owner.asked -= 1;
  owner.open.add(child);
  schedule.frames.set(child.key, child);
  // A loop that breaks wants no more rounds; a try that failed still has its other arms to run.
  const over = owner.decision.kind === "iterate" ? owner.ending !== null : owner.ending?.kind === "cancelled";
  if (over) child.ending = { kind: "cancelled" };
  beginFrame(schedule, child, give);
}

/** An iteration is over: the next begins, or the loop ends. */
export function closeIteration(
  schedule: Schedule,
  frame: Frame,
  index: number,
  place: number,
  ended: FrameEnd,
  give: Commands,
): void {
  const { owner, stage } = ownerAt(frame, index);
  closeChild(schedule, frame, owner, { kind: "iteration", owner: stage.id, index: place });
  const breaks =
    ended.kind === "returned" ||
    (ended.kind === "failed" && owner.decision.kind === "iterate" && owner.decision.breakOnError);
  if (breaks && owner.ending === null) {
    owner.ending = ended;
    for (const other of owner.open) beginEnding(other, { kind: "cancelled" }, give);
  }
  askForItems(frame, index, owner, give);
  fill(schedule, give);
}

/** An arm is over: try again, catch, finally, or the end. */
export function closeArm(
  schedule: Schedule,
  frame: Frame,
  index: number,
  { arm, attempt, ended }: { readonly arm: Arm; readonly attempt: number; readonly ended: FrameEnd },
  give: Commands,
): void {
  const { owner, stage } = ownerAt(frame, index);
  closeChild(schedule, frame, owner, { kind: "arm", owner: stage.id, arm, attempt });
  const { decision } = owner;
  if (decision.kind !== "try" || owner.ending?.kind === "cancelled") {
    end(frame, index, owner, give);
  } else if (arm === "try" && ended.kind === "failed" && attempt <= decision.retries) {
    askForArm(frame, index, owner, { arm, attempt: attempt + 1, delayMs: decision.retryDelayMs }, give);
  } else if (
    arm === "try" &&
    ended.kind === "failed" &&
    stage.owns.has("catch") &&
    catches(decision.catchTypes, ended.failure)
  ) {
    askForArm(frame, index, owner, { arm: "catch", attempt: 1, delayMs: 0 }, give);
  } else {
    // What goes wrong in a later arm counts more than what went wrong before it.
    if (ended.kind !== "completed") owner.ending = ended;
    if (arm !== "finally" && ended.kind !== "cancelled" && stage.owns.has("finally")) {
      askForArm(frame, index, owner, { arm: "finally", attempt: 1, delayMs: 0 }, give);
    } else {
      end(frame, index, owner, give);
    }
  }
  fill(schedule, give);
}

function closeChild(schedule: Schedule, frame: Frame, owner: Owner, step: FrameStep): void {
  const key = frameKey([...frame.steps, step]);
  const child = schedule.frames.get(key);
  if (child === undefined) throw new Error(`The frame "${key}" ended and had not begun.`);
  schedule.frames.delete(key);
  owner.open.delete(child);
}

function askForItems(frame: Frame, index: number, owner: Owner, give: Commands): void {
  const { decision } = owner;
  if (decision.kind === "iterate") {
    while (
      owner.ending === null &&
      owner.open.size + owner.asked < decision.parallel &&
      owner.next < decision.indexes.length
    ) {
      owner.asked += 1;
      give({ kind: "start-iteration", frame, index, place: owner.next });
      owner.next += 1;
    }
  }
  if (owner.open.size === 0 && owner.asked === 0) end(frame, index, owner, give);
}

function askForArm(
  frame: Frame,
  index: number,
  owner: Owner,
  next: { readonly arm: Arm; readonly attempt: number; readonly delayMs: number },
  give: Commands,
): void {
  owner.asked += 1;
  give({ kind: "start-arm", frame, index, ...next });
}

function end(frame: Frame, index: number, owner: Owner, give: Commands): void {
  if (owner.done) return;
  owner.done = true;
  give({ kind: "end-owner", frame, index, ending: owner.ending });
}

function ownerAt(frame: Frame, index: number): { readonly owner: Owner; readonly stage: StagePlan } {
  const owner = frame.owners.get(index);
  const stage = frame.region.stages[index];
  if (owner === undefined || stage === undefined)
    throw new Error(`The stage ${index} of frame "${frame.key}" owns nothing.`);
  return { owner, stage };
}
