import { type FinalDecision, type JournalEvent, stepOf } from "#core/journal";
import { deliveryId } from "#core/pipeline";
import type { StageAddress } from "#core/ports";
import type { RegionPlan } from "../plan/run-plan.ts";
import type { Commands } from "./command.ts";
import { closeArm, closeCall, closeIteration, decideOwner, openFrame, regionOf } from "./owners.ts";
import { createQueue } from "./queue.ts";
import { beginEnding, beginFrame, endAtOnce, settle, settleAndEnd, stopOwner } from "./settle.ts";
import {
  type Ending,
  type Frame,
  frameKey,
  type Owner,
  Phase,
  type Place,
  type Room,
  type Schedule,
} from "./state.ts";

/**
 * The scheduler: a fold over the journal. Brings `schedule` forward by one event and gives, in order, what is to
 * be done next. It knows no clock, no chance and nothing outside its arguments, so the same journal always leads to the same
 * state; it changes the state in place, since copying it would make the cost of an event grow with the pipeline. Who
 * knows where the event's address leads says so with `place`, as most of what is to be done for an event is to find it.
 */
export function advance(schedule: Schedule, event: JournalEvent, give: Commands, place?: Place): void {
  // What delivers the result is no stage that others wait for.
  if ("address" in event && event.address.stage === deliveryId) return;
  switch (event.kind) {
    case "run-started":
      beginFrame(schedule, schedule.root, give);
      break;
    case "run-ending": {
      // Who cancels again does not want to wait for what cleans up.
      if (event.failure === null && schedule.root.ending?.kind === "cancelled") {
        endAtOnce(schedule, give);
        break;
      }
      const ending: Ending =
        event.failure === null ? { kind: "cancelled" } : { kind: "failed", failure: event.failure };
      beginEnding(schedule, schedule.root, ending, give);
      break;
    }
    case "stage-decided": {
      const { frame, index } = locate(schedule, event.address);
      decideOwner(schedule, frame, index, event.decision, give);
      break;
    }
    case "stage-succeeded": {
      const { frame, index } = place ?? locate(schedule, event.address);
      const { decision } = event;
      if (decision?.kind === "branch") chooseBranch(frame, index, decision);
      if (decision?.kind === "return")
        settleAndEnd(schedule, frame, { index, phase: Phase.succeeded, ending: { kind: "returned" } }, give);
      else settle(schedule, frame, index, Phase.succeeded, give);
      break;
    }
    case "stage-failed": {
      if (event.next.kind === "retry") break;
      const { frame, index } = locate(schedule, event.address);
      if (event.next.kind === "continue") {
        settle(schedule, frame, index, Phase.tolerated, give);
      } else {
        const failure = { ...event.failure, stage: event.address.stage };
        settleAndEnd(
          schedule,
          frame,
          { index, phase: Phase.failed, ending: { kind: "failed", failure } },
          give,
        );
      }
      break;
    }
    case "stage-skipped": {
      const { frame, index } = locate(schedule, event.address);
      settle(schedule, frame, index, event.cause === "upstream-failed" ? Phase.spared : Phase.skipped, give);
      break;
    }
    case "stage-cancelled": {
      const { frame, index } = locate(schedule, event.address);
      const ending = frame.owners.get(index)?.ending ?? null;
      if (ending?.kind === "returned")
        settleAndEnd(schedule, frame, { index, phase: Phase.cancelled, ending }, give);
      else settle(schedule, frame, index, Phase.cancelled, give);
      break;
    }
    case "iteration-started": {
      const { frame, index } = locate(schedule, event.address);
      const arm = frame.region.stages[index]?.isMatrix === true ? "matrix" : "loop";
      const stages = { region: regionOf(frame, index, arm), room: frame.room };
      openFrame(schedule, { frame, index }, stepOf(event), stages, give);
      break;
    }
    case "iteration-finished": {
      const { frame, index } = locate(schedule, event.address);
      closeIteration(schedule, frame, index, event.index, event.ended, give);
      break;
    }
    case "arm-started": {
      const { frame, index } = locate(schedule, event.address);
      const stages = { region: regionOf(frame, index, event.arm), room: frame.room };
      openFrame(schedule, { frame, index }, stepOf(event), stages, give);
      break;
    }
    case "arm-finished": {
      const { frame, index } = locate(schedule, event.address);
      closeArm(schedule, frame, index, event, give);
      break;
    }
    case "call-started": {
      const { frame, index } = locate(schedule, event.address);
      openFrame(schedule, { frame, index }, stepOf(event), calledStages(schedule, frame, event), give);
      break;
    }
    case "call-finished": {
      const { frame, index } = locate(schedule, event.address);
      const { ended, againInMs } = event;
      closeCall(schedule, frame, index, { step: stepOf(event), ended, againInMs }, give);
      break;
    }
    case "stage-ending": {
      const { frame, index } = locate(schedule, event.address);
      endOwnerEarly(schedule, frame.owners.get(index), { kind: "failed", failure: event.failure }, give);
      break;
    }
    case "stage-started":
    case "stage-retried":
    case "stage-delta":
    case "stage-log":
    case "stage-cache":
    case "model-called":
    case "model-answered":
    case "question-asked":
    case "question-closed":
    case "variable-set":
    case "value-overridden":
    case "run-resumed":
    case "run-finished":
      break;
  }
}

type CallEvent = Extract<JournalEvent, { kind: "call-started" | "call-finished" }>;

function calledStages(
  schedule: Schedule,
  frame: Frame,
  { pipeline }: CallEvent,
): { readonly region: RegionPlan; readonly room: Room | null } {
  const plan = pipeline.path === null ? undefined : schedule.plan.callees.at(pipeline.path);
  if (plan === undefined) throw new Error(`There is no pipeline at "${pipeline.path}" to be called.`);
  const { root: region, maxParallel } = plan;
  if (maxParallel === null) return { region, room: frame.room };
  return { region, room: { limit: maxParallel, occupied: 0, around: frame.room, held: createQueue() } };
}

/** What is called ends with the failure itself, so that it cleans up after one; loops and tries are stopped. */
function endOwnerEarly(schedule: Schedule, owner: Owner | undefined, ending: Ending, give: Commands): void {
  if (owner === undefined) return;
  if (owner.decision.kind !== "call") return stopOwner(schedule, owner, ending, give);
  for (const called of owner.open) beginEnding(schedule, called, ending, give);
}

function chooseBranch(
  frame: Frame,
  index: number,
  decision: Extract<FinalDecision, { kind: "branch" }>,
): void {
  const { taken, enable } = decision;
  for (const branch of frame.region.stages[index]?.branches ?? []) {
    const id = frame.region.stages[branch.index]?.id ?? "";
    const chosen =
      branch.arms.some((arm) => arm === taken || arm === `route:${taken}`) || enable.includes(id);
    if (chosen) continue;
    frame.left ??= new Set();
    frame.left.add(branch.index);
  }
}

/** Where in the schedule an address leads; throws where that is in no open frame. */
export function locate(schedule: Schedule, address: StageAddress): Place {
  const frame = address.frames.length === 0 ? schedule.root : schedule.frames.get(frameKey(address.frames));
  const index = frame?.region.indexOf.get(address.stage);
  if (frame === undefined || index === undefined) {
    throw new Error(`No stage "${address.stage}" in an open frame "${frameKey(address.frames)}".`);
  }
  return { frame, index };
}
