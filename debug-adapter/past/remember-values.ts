import type { JournalSink, ValueRef } from "#core/journal";
import type { Json } from "#core/ports";

/**
 * The same journal, with its values at hand for as long as the session lasts, also where nothing is recorded. They are
 * those that the run has in memory already, as long as nothing had to be redacted.
 */
export function rememberValues(journal: JournalSink): {
  readonly journal: JournalSink;
  /** Throws for a value that was not stored. */
  readonly value: (ref: ValueRef) => Json;
} {
  const values = new Map<string, Json>();
  const remember = (ref: ValueRef, value: Json): ValueRef => {
    if (!values.has(ref.ref)) values.set(ref.ref, value);
    return ref;
  };
  return {
    journal: {
      append: (event) => journal.append(event),
      put: (value) => remember(journal.put(value), value),
      putEncoded: (encoded) => remember(journal.putEncoded(encoded), encoded.value),
      flush: () => journal.flush(),
    },
    value: ({ ref }) => {
      const value = values.get(ref);
      if (value === undefined) throw new Error(`The session has no value ${ref}.`);
      return value;
    },
  };
}
