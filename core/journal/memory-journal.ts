import type { Json } from "#core/ports";
import { type EncodedJson, encodeJson } from "./encode-json.ts";
import type { JournalEvent } from "./event.ts";
import type { JournalSink } from "./journal-sink.ts";
import type { ValueRef } from "./value-ref.ts";

/** A journal that can be read while it is written. */
export interface MemoryJournal extends JournalSink {
  readonly events: readonly JournalEvent[];
  /** The value of a reference that this journal gave; undefined for any other. */
  value(ref: ValueRef): Json | undefined;
}

/** Keeps everything in memory; values are kept as they are, not copied, so they cost no more than they do already. */
export function createMemoryJournal(): MemoryJournal {
  const events: JournalEvent[] = [];
  const values = new Map<string, { readonly ref: ValueRef; readonly value: Json }>();
  const putEncoded = ({ hash, value }: EncodedJson): ValueRef => {
    const known = values.get(hash);
    if (known !== undefined) return known.ref;
    const ref = { ref: hash };
    values.set(hash, { ref, value });
    return ref;
  };
  return {
    events,
    append: (event) => {
      events.push(event);
    },
    put: (value) => putEncoded(encodeJson(value)),
    putEncoded,
    flush: () => Promise.resolve(),
    value: (ref) => values.get(ref.ref)?.value,
  };
}
