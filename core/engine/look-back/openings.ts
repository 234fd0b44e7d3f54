import { type JournalEvent, stepOf } from "#core/journal";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import { bearingOf, type FrameClosing, type FrameOpening } from "../resume/bearing.ts";
import { frameKey } from "../schedule/state.ts";

type Decided = Extract<JournalEvent, { kind: "stage-decided" }>;

/** The events of a record that frames come about by, found as of any point of it. */
export interface Openings {
  append(event: JournalEvent): void;
  /** What opened a frame, the last time up to the event `seq`. */
  opening(frames: readonly FrameStep[], seq: number): FrameOpening | undefined;
  /** What the owner at an address decided, the last time up to the event `seq`. */
  decision(owner: StageAddress, seq: number): Decided | undefined;
  /** What opened frames of an owner, and closed them, up to the event `seq`, in order. */
  ofOwner(owner: StageAddress, seq: number): readonly (FrameOpening | FrameClosing)[];
}

export function createOpenings(): Openings {
  const openings = new Map<string, FrameOpening[]>();
  const decisions = new Map<string, Decided[]>();
  const byOwner = new Map<string, (FrameOpening | FrameClosing)[]>();
  return {
    append: (event) => {
      const bearing = bearingOf(event);
      switch (bearing.kind) {
        case "decides":
          return add(decisions, addressKey(bearing.event.address), bearing.event);
        case "opens":
          add(openings, frameKey([...bearing.event.address.frames, stepOf(bearing.event)]), bearing.event);
          return add(byOwner, addressKey(bearing.event.address), bearing.event);
        case "closes":
          return add(byOwner, addressKey(bearing.event.address), bearing.event);
        case "ends":
        case "none":
          return;
      }
    },
    opening: (frames, seq) => openings.get(frameKey(frames))?.findLast((event) => event.seq <= seq),
    decision: (owner, seq) => decisions.get(addressKey(owner))?.findLast((event) => event.seq <= seq),
    ofOwner: (owner, seq) => {
      const all = byOwner.get(addressKey(owner)) ?? [];
      // Loops have many; what is asked for is near the end as a rule, and of a try there are few.
      return all.filter((event) => event.seq <= seq);
    },
  };
}

function add<E>(lists: Map<string, E[]>, key: string, event: E): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [event]);
  else list.push(event);
}
