import type { StageAddress } from "#core/ports";
import { frameKey } from "../schedule/state.ts";
import { refuse } from "./ask-before.ts";
import type { Session } from "./session.ts";

/** Leaves a stage out that stands at its first gate; what waits for it takes it as skipped. False where none does. */
export function skipOne(session: Session, { frames, stage }: StageAddress, reason: string): boolean {
  const frame = session.frames.get(frameKey(frames));
  const index = frame?.schedule.region.indexOf.get(stage);
  const live = index === undefined ? undefined : frame?.live[index];
  if (live === undefined || live.ended || live.held?.kind !== "before") return false;
  refuse(session, live, "refused", reason);
  return true;
}
