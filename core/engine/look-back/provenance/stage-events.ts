import type { JournalEvent } from "#core/journal";
import { addressKey, type StageAddress } from "#core/ports";
import type { RecordSource } from "../recorded-frames.ts";

/** What a record is read by to tell where values came from. */
export interface ProvenanceSource extends RecordSource {
  readonly timeline: RecordSource["timeline"] & {
    readonly events: readonly JournalEvent[];
    seqsOf(stage: string): readonly number[];
  };
}

/** The events about a stage up to the event `seq`, the last one first. */
export function* backFrom(
  { timeline }: ProvenanceSource,
  address: StageAddress,
  seq: number,
): Generator<JournalEvent> {
  const seqs = timeline.seqsOf(addressKey(address));
  for (let at = seqs.length - 1; at >= 0; at--) {
    const each = seqs[at];
    if (each === undefined || each > seq) continue;
    const event = eventAt(timeline.events, each);
    if (event !== undefined) yield event;
  }
}

/** The event of that number, which go up. */
function eventAt(events: readonly JournalEvent[], seq: number): JournalEvent | undefined {
  let low = 0;
  let high = events.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.seq ?? seq) < seq) low = middle + 1;
    else high = middle;
  }
  return events[low]?.seq === seq ? events[low] : undefined;
}
