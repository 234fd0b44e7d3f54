import { type JournalEvent, standingEvents } from "#core/journal";
import { addressKey } from "#core/ports";

/**
 * The stages, as addresses name them, that began in a run and had not ended before event `seq`: those that a live replay
 * from there runs again. Without what runs or called others, which goes on by itself.
 */
export function endedSince(events: readonly JournalEvent[], seq: number): ReadonlySet<string> {
  const stages = new Set<string>();
  const owners = new Set<string>();
  for (const event of standingEvents(events)) {
    if (!("address" in event)) continue;
    const { address } = event;
    const key = addressKey(address);
    for (const [depth, { owner }] of address.frames.entries())
      owners.add(addressKey({ frames: address.frames.slice(0, depth), stage: owner }));
    if (event.kind === "stage-started") stages.add(key);
    else if (ends.has(event.kind) && event.seq < seq) stages.delete(key);
  }
  return new Set([...stages].filter((key) => !owners.has(key)));
}

/** How a record says that the stages from an event on ran again: what was changed in such a fork. */
export function liveReplayWords(seq: number): string {
  return seq === 0 ? "live replay" : `live replay from event ${seq}`;
}

const ends: ReadonlySet<JournalEvent["kind"]> = new Set([
  "stage-succeeded",
  "stage-failed",
  "stage-cancelled",
]);
