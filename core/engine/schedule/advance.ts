import type { FinalDecision, JournalEvent } from "#core/journal";
import type { StageAddress } from "#core/ports";
import type { Command, Commands } from "./command.ts";
import { closeArm, closeIteration, decideOwner, openFrame } from "./owners.ts";
import { beginEnding, beginFrame, settle, settleAndEnd } from "./settle.ts";
import { type Ending, type Frame, frameKey, Phase, type Schedule } from "./state.ts";

/**
 * The scheduler: a fold over the journal. Brings `schedule` forward by one event and returns what is to be done
 * next. It knows no clock, no chance and nothing outside its arguments, so the same journal always leads to the same
 * state; it changes the state in place, since copying it would make the cost of an event grow with the pipeline.
 */
export function advance(schedule: Schedule, event: JournalEvent): readonly Command[] {
  const commands: Command[] = [];
  const give: Commands = (command) => commands.push(command);
  switch (event.kind) {
    case "run-started":
      beginFrame(schedule, schedule.root, give);
      break;
    case "run-ending": {
      const ending: Ending =
        event.failure === null ? { kind: "cancelled" } : { kind: "failed", failure: event.failure };
      beginEnding(schedule.root, ending, give);
      break;
    }
    case "stage-decided": {
      const { frame, index } = locate(schedule, event.address);
      decideOwner(schedule, frame, index, event.decision, give);
      break;
    }
    case "stage-succeeded": {
      const { frame, index } = locate(schedule, event.address);
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
      openFrame(
        schedule,
        frame,
        index,
        { kind: "iteration", owner: event.address.stage, index: event.index },
        give,
      );
      break;
    }
    case "iteration-finished": {
      const { frame, index } = locate(schedule, event.address);
      closeIteration(schedule, frame, index, event.index, event.ended, give);
      break;
    }
    case "arm-started": {
      const { frame, index } = locate(schedule, event.address);
      const { arm, attempt } = event;
      openFrame(schedule, frame, index, { kind: "arm", owner: event.address.stage, arm, attempt }, give);
      break;
    }
    case "arm-finished": {
      const { frame, index } = locate(schedule, event.address);
      closeArm(schedule, frame, index, event, give);
      break;
    }
    case "stage-started":
    case "stage-delta":
    case "stage-log":
    case "model-called":
    case "model-answered":
    case "variable-set":
    case "run-finished":
      break;
  }
  return commands;
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
    if (!chosen) frame.left[branch.index] = 1;
  }
}

function locate(
  schedule: Schedule,
  address: StageAddress,
): { readonly frame: Frame; readonly index: number } {
  const frame = address.frames.length === 0 ? schedule.root : schedule.frames.get(frameKey(address.frames));
  const index = frame?.region.indexOf.get(address.stage);
  if (frame === undefined || index === undefined) {
    throw new Error(`No stage "${address.stage}" in an open frame "${frameKey(address.frames)}".`);
  }
  return { frame, index };
}
