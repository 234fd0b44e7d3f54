import {
  type EncodedJson,
  type JournalBody,
  type JournalEvent,
  type JournalSink,
  refsOf,
  type ValueRef,
} from "#core/journal";
import type { Clock, Json } from "#core/ports";

/** Writes a run's journal: the only way anything that happens becomes known. */
export interface Recorder {
  /** Numbers and dates the event, appends it, and tells who listens. */
  record(body: JournalBody): JournalEvent;
  /** Takes an event over from another journal, with its time and the values that it refers to. */
  copy(event: JournalEvent, value: (ref: ValueRef) => Json): JournalEvent;
  /** The same for an event that is whole, with the number of {@link nextSeq}: for those that a run has many of. */
  write<Event extends JournalEvent>(event: Event): Event;
  /** Takes the number of the next event. */
  nextSeq(): number;
  put(value: Json): ValueRef;
  putEncoded(encoded: EncodedJson): ValueRef;
  /** The time in ISO 8601, as expressions see it; of `ms` since 1970 where that is known. */
  now(ms?: number): string;
}

export function createRecorder(
  journal: JournalSink,
  clock: Clock,
  onEvent: ((event: JournalEvent) => void) | undefined,
  firstSeq: number,
): Recorder {
  let seq = firstSeq;
  let lastMs = Number.NaN;
  let lastText = "";
  const write: Recorder["write"] = (event) => {
    journal.append(event);
    onEvent?.(event);
    return event;
  };
  return {
    write,
    nextSeq: () => seq++,
    record: (body) => {
      // The body first: engines copy an object into an empty one much faster than behind other members.
      const event: JournalEvent = { ...body, seq, at: clock.now() };
      seq += 1;
      return write(event);
    },
    copy: (event, value) => {
      for (const ref of refsOf(event)) journal.put(value(ref));
      const copied: JournalEvent = { ...event, seq };
      seq += 1;
      return write(copied);
    },
    put: (value) => journal.put(value),
    putEncoded: (encoded) => journal.putEncoded(encoded),
    now: (ms = clock.now()) => {
      if (ms !== lastMs) {
        lastMs = ms;
        lastText = new Date(ms).toISOString();
      }
      return lastText;
    },
  };
}
