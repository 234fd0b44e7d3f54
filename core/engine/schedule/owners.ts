import type { FrameEnd, OwnerDecision } from "#core/journal";
import type { FrameStep } from "#core/ports";
import { catches } from "../plan/caught-types.ts";
import { noWaiters } from "../plan/dependent.ts";
import type { PlanArm, RegionPlan, StagePlan } from "../plan/run-plan.ts";
import type { Commands } from "./command.ts";
import { leaveRoom } from "./rooms.ts";
import { beginEnding, beginFrame, fill, isFinally } from "./settle.ts";
import { createFrame, type Frame, frameKey, type Owner, type Room, type Schedule } from "./state.ts";

type Arm = "try" | "catch" | "finally";

/** A stage that owns others has decided: it gives its room back, and its first frames are asked for. */
export function decideOwner(
  schedule: Schedule,
  frame: Frame,
  index: number,
  decision: OwnerDecision,
  give: Commands,
): void {
  leaveRoom(schedule, frame);
  const owner: Owner = {
    decision,
    open: new Set(),
    asked: 0,
    next: 0,
    ending: null,
    breaking: false,
    stopped: false,
    done: false,
  };
  frame.owners.set(index, owner);
  // After a failure only stages that deal with one are still at work, and those go on.
  if (frame.ending !== null && frame.ending.kind !== "failed") {
    owner.stopped = true;
    owner.ending = { kind: "cancelled" };
  }
  switch (decision.kind) {
    case "try":
      askForArm(frame, index, owner, { arm: "try", attempt: 1, delayMs: 0 }, give);
      break;
    case "iterate":
    case "matrix":
      askForItems(frame, index, owner, give);
      break;
    case "call":
      askForCall(frame, index, owner, { attempt: 1, delayMs: 0 }, give);
      break;
  }
  fill(schedule, give);
}

/** A frame that was asked for begins: of the stages in `region`, within `room`. */
export function openFrame(
  schedule: Schedule,
  { frame, index }: { readonly frame: Frame; readonly index: number },
  step: FrameStep,
  { region, room }: { readonly region: RegionPlan; readonly room: Room | null },
  give: Commands,
): void {
  const { owner } = ownerAt(frame, index);
  const child = createFrame([...frame.steps, step], region, { frame, index }, room);
  owner.asked -= 1;
  owner.open.add(child);
  schedule.frames.set(child.key, child);
  // A loop that breaks wants no more rounds; a try that was stopped still cleans up.
  if (schedule.hard || ((owner.breaking || owner.stopped) && !isFinally(child)))
    child.ending = { kind: "cancelled" };
  beginFrame(schedule, child, give);
}

/** The stages of an arm of the owner at that place; none where it has no such arm. */
export function regionOf(frame: Frame, index: number, arm: PlanArm): RegionPlan {
  return frame.region.stages[index]?.owns.get(arm) ?? EMPTY;
}

const EMPTY: RegionPlan = { owner: null, parent: null, stages: [], indexOf: new Map(), waiters: noWaiters };

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
  const { decision } = owner;
  const hasFailed = ended.kind === "failed";
  const breaks = ended.kind === "returned" || (hasFailed && isRounds(decision) && decision.breakOnError);
  // A failed leg fails its stage, even where the others go on; a failed round only where it ends the loop.
  if (breaks || (hasFailed && decision.kind === "matrix")) owner.ending ??= ended;
  if (breaks && !owner.breaking && !owner.stopped) {
    owner.breaking = true;
    for (const other of owner.open) beginEnding(schedule, other, { kind: "cancelled" }, give);
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
  const triesOn = arm === "try" && ended.kind === "failed" && !owner.stopped && decision.kind === "try";
  if (triesOn && attempt <= decision.retries) {
    askForArm(frame, index, owner, { arm, attempt: attempt + 1, delayMs: decision.retryDelayMs }, give);
  } else if (triesOn && stage.owns.has("catch") && catches(decision.catchTypes, ended.failure)) {
    askForArm(frame, index, owner, { arm: "catch", attempt: 1, delayMs: 0 }, give);
  } else {
    // What goes wrong in a later arm counts more than what went wrong before it; being stopped counts in any.
    if (owner.stopped ? arm === "finally" && ended.kind === "failed" : ended.kind !== "completed")
      owner.ending = ended.kind === "completed" ? null : ended;
    if (arm !== "finally" && stage.owns.has("finally") && !schedule.hard) {
      askForArm(frame, index, owner, { arm: "finally", attempt: 1, delayMs: 0 }, give);
    } else {
      end(frame, index, owner, give);
    }
  }
  fill(schedule, give);
}

/** A called pipeline is over: it is called again, or its stage ends. That it returned is its own affair. */
export function closeCall(
  schedule: Schedule,
  frame: Frame,
  index: number,
  call: { readonly step: FrameStep; readonly ended: FrameEnd; readonly againInMs: number | null },
  give: Commands,
): void {
  const { owner } = ownerAt(frame, index);
  closeChild(schedule, frame, owner, call.step);
  const { ended, againInMs, step } = call;
  if (againInMs !== null && !owner.stopped && step.kind === "subpipeline") {
    askForCall(frame, index, owner, { attempt: step.attempt + 1, delayMs: againInMs }, give);
  } else {
    if (!owner.stopped && (ended.kind === "failed" || ended.kind === "cancelled")) owner.ending = ended;
    end(frame, index, owner, give);
  }
  fill(schedule, give);
}

type Rounds = Extract<OwnerDecision, { kind: "iterate" | "matrix" }>;

function isRounds(decision: OwnerDecision): decision is Rounds {
  return decision.kind === "iterate" || decision.kind === "matrix";
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
  if (isRounds(decision)) {
    while (
      !owner.breaking &&
      !owner.stopped &&
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

function askForCall(
  frame: Frame,
  index: number,
  owner: Owner,
  next: { readonly attempt: number; readonly delayMs: number },
  give: Commands,
): void {
  owner.asked += 1;
  give({ kind: "start-call", frame, index, ...next });
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
