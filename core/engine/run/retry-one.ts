import type { StageAddress } from "#core/ports";
import { frameKey } from "../schedule/state.ts";
import { leaveStage } from "./conclude.ts";
import type { Live } from "./live.ts";
import type { Session } from "./session.ts";

/** Why a stage cannot be tried again where it is, and what to do; null where it can. */
export function whyNoRetry(session: Session, address: StageAddress): string | null {
  const live = liveAt(session, address);
  return live === undefined ? notHeld(address.stage) : whyNot(live);
}

/**
 * Tries a stage again that stands at the gate after an attempt, whose outcome nothing has heard of yet. It is recorded,
 * and the next attempt begins at once, with inputs that are resolved anew. False where {@link whyNoRetry} says why not.
 */
export function retryOne(session: Session, at: StageAddress): boolean {
  const live = liveAt(session, at);
  if (live === undefined || whyNot(live) !== null) return false;
  const { address, attempt, frame, stage: plan } = live;
  // What the gate was asked about is not to be: whoever holds it may let go, and nothing comes of it.
  live.release = null;
  live.held = null;
  frame.outputs[plan.index] = undefined;
  frame.reasons[plan.index] = undefined;
  session.recorder.record({ kind: "stage-retried", address, attempt });
  leaveStage(session, live);
  session.begin(frame, plan, attempt + 1);
  return true;
}

function liveAt(session: Session, { frames, stage }: StageAddress): Live | undefined {
  const frame = session.frames.get(frameKey(frames));
  const index = frame?.schedule.region.indexOf.get(stage);
  return index === undefined ? undefined : frame?.live[index];
}

function whyNot(live: Live): string | null {
  const { held, stage } = live;
  if (held?.kind === "before") return `the stage "${stage.id}" has not run yet`;
  if (held === null || live.release === null) return notHeld(stage.id);
  if (live.cancelled) return `the stage "${stage.id}" was cancelled with its run`;
  if (held.decision !== null)
    return `"${stage.id}" has decided already, and others may have begun for it: fork the run before it`;
  if (stage.owns.size > 0 || stage.definition.type === "subpipeline")
    return `"${stage.id}" has run other stages: fork the run before it, or retry the one of them that failed`;
  return null;
}

function notHeld(id: string): string {
  return `the stage "${id}" does not stand still after an attempt: stop after it (breakpoint after:${id}) or on its failure, or fork the run`;
}
