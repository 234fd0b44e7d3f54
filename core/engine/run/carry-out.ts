import type { Command } from "../schedule/command.ts";
import { beginAttempt, cancelStage, skipStage } from "./attempts.ts";
import { startCall } from "./calls.ts";
import { closeFrame, endOwner, startArm, startIteration } from "./frames.ts";
import type { Session } from "./session.ts";

/** Does what the scheduler wants done about a stage or a frame; `at` is the time, where it is known. */
export function carryOut(
  session: Session,
  command: Exclude<Command, { kind: "end-run" }>,
  at: number | undefined,
): void {
  if (command.kind === "close-frame") return closeFrame(session, command.frame, command.ending);
  const { key, region } = command.frame;
  const frame = key === "" ? session.root : session.frames.get(key);
  const stage = region.stages[command.index];
  if (frame === undefined) throw new Error(`The frame "${key}" is not open.`);
  if (stage === undefined) throw new Error(`No stage ${command.index} in frame "${key}".`);
  switch (command.kind) {
    case "start":
      return beginAttempt(session, frame, stage, 1, at);
    case "skip":
      return skipStage(session, frame, stage, command.cause, command.reason);
    case "cancel":
      return cancelStage(session, frame, command.index);
    case "start-iteration":
      return startIteration(session, command);
    case "start-arm":
      return startArm(session, command);
    case "start-call":
      return startCall(session, command);
    case "end-owner":
      return endOwner(session, command);
  }
}
