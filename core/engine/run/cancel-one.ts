import type { StageAddress } from "#core/ports";
import { frameKey } from "../schedule/state.ts";
import { cancelStage } from "./attempts.ts";
import type { Session } from "./session.ts";

/**
 * Cancels what one stage is doing, and nothing else: it ends cancelled, which those that wait for it take as a failure
 * that does not end the run. False where it is not at work, or has its outcome already.
 */
export function cancelOne(session: Session, { frames, stage }: StageAddress): boolean {
  const frame = session.frames.get(frameKey(frames));
  const index = frame?.schedule.region.indexOf.get(stage);
  if (frame === undefined || index === undefined) return false;
  const live = frame.live[index];
  if (live === undefined || live.ended || session.owners.get(frame)?.has(index) === true) return false;
  cancelStage(session, frame, index);
  return true;
}
