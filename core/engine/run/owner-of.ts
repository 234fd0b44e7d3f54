import type { StageAddress } from "#core/ports";
import type { Frame } from "../schedule/state.ts";
import type { Live } from "./live.ts";
import type { OwnerResults } from "./owner-output.ts";
import type { RunFrame } from "./run-frame.ts";
import type { Session } from "./session.ts";

/** A stage that owns frames, with what they gave so far. */
export interface OwnerAt {
  readonly parent: RunFrame;
  readonly results: OwnerResults;
  readonly live: Live;
  readonly address: StageAddress;
}

/** The owner at that place of a frame. */
export function ownerOf(session: Session, frame: Frame, index: number): OwnerAt {
  const parent = session.frames.get(frame.key);
  const live = parent?.live[index];
  const results = parent === undefined ? undefined : session.owners.get(parent)?.get(index);
  if (parent === undefined || live === undefined || results === undefined) {
    throw new Error(`The stage ${index} of frame "${frame.key}" owns nothing.`);
  }
  return { parent, results, live, address: live.address };
}
