import type { JournalEvent } from "#core/journal";

/**
 * Milliseconds that a run was at work in these events, all of one journal and in order, from the one numbered `seq` on.
 * What lies between its last event and the next `run-resumed` does not count: nothing ran then, as far as is known.
 */
export function workedMs(events: readonly JournalEvent[], seq = 0): number {
  let sum = 0;
  let before: JournalEvent | null = null;
  for (const event of events) {
    if (event.seq < seq) continue;
    // Clocks are set back at times.
    if (before !== null && event.kind !== "run-resumed") sum += Math.max(0, event.at - before.at);
    before = event;
  }
  return sum;
}
