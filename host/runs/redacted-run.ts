import type { JournalEvent, JournalSink } from "#core/journal";
import type { Redactor } from "#core/secrets";
import { redactedEvent } from "./redacted-event.ts";

/** Where what a run does goes: its record, and whoever hears of it while it runs. */
export interface RunListeners {
  readonly journal: JournalSink;
  readonly onEvent: (event: JournalEvent) => void;
}

/**
 * The same behind a redactor, which sees each event and each value once: nothing that comes after it needs to know of
 * secrets. Whoever starts a run starts it with these.
 */
export function redactedRun({ journal, onEvent }: RunListeners, redactor: Redactor): RunListeners {
  let given: JournalEvent | null = null;
  let told: JournalEvent | null = null;
  /** The journal gets an event, then those who listen. */
  const without = (event: JournalEvent): JournalEvent => {
    if (redactor.isIdle()) return event;
    if (event !== given || told === null) {
      given = event;
      told = redactedEvent(redactor, event);
    }
    return told;
  };
  return {
    onEvent: (event) => onEvent(without(event)),
    journal: {
      append: (event) => journal.append(without(event)),
      put: (value) => journal.put(redactor.value(value)),
      putEncoded: (encoded) => {
        const value = redactor.value(encoded.value);
        return value === encoded.value ? journal.putEncoded(encoded) : journal.put(value);
      },
      flush: () => journal.flush(),
    },
  };
}
