import type { JournalEvent } from "#core/journal";
import { occupyRoom } from "./rooms.ts";
import { type Frame, Phase, type Schedule } from "./state.ts";

/**
 * Makes way for an event of a record from which others were left out: it may come before the scheduler would have asked
 * for it, since what it had to wait for then is to run again, or takes up room for longer.
 */
export function admit(schedule: Schedule, event: JournalEvent, frame: Frame, index: number): void {
  if (event.kind === "stage-decided" && frame.phases[index] !== Phase.running) {
    frame.phases[index] = Phase.running;
    schedule.occupied += 1;
    occupyRoom(frame.room);
  }
  if (event.kind === "iteration-started") {
    const owner = frame.owners.get(index);
    if (owner === undefined || owner.asked > 0) return;
    owner.asked += 1;
    owner.next += 1;
  }
}
