import { addressKey } from "#core/ports";
import type { JournalEvent } from "./event.ts";

/**
 * What of a journal counts at its end: all of it, but for what a later `run-resumed` says counts no longer, and for the
 * ends of attempts after which a person had a stage tried again. How often it was resumed, and that it had ended before,
 * is left out.
 */
export function standingEvents(events: readonly JournalEvent[]): readonly JournalEvent[] {
  let standing: JournalEvent[] = [];
  for (const event of events) {
    if (event.kind === "stage-retried") {
      const end = standing.findLastIndex((each) => isEndOf(each, event));
      if (end !== -1) standing.splice(end, 1);
      continue;
    }
    if (event.kind !== "run-resumed") {
      standing.push(event);
      continue;
    }
    const dropped = inRanges(event.dropped);
    standing = standing.filter(({ seq }) => !dropped(seq));
  }
  return standing;
}

/** Whether an event is how the attempt ended that a person had tried again. */
function isEndOf(event: JournalEvent, retried: Extract<JournalEvent, { kind: "stage-retried" }>): boolean {
  if (event.kind !== "stage-succeeded" && event.kind !== "stage-failed") return false;
  return event.attempt === retried.attempt && addressKey(event.address) === addressKey(retried.address);
}

/** The numbers as the first and the last of each row of them; `numbers` are in order. */
export function rangesOf(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

/** Asked with numbers in order. */
function inRanges(ranges: readonly (readonly [number, number])[]): (number: number) => boolean {
  let at = 0;
  return (number) => {
    for (let range = ranges[at]; range !== undefined && range[1] < number; range = ranges[at]) at += 1;
    const range = ranges[at];
    return range !== undefined && range[0] <= number;
  };
}
