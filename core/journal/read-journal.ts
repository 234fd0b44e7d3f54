import type { Json } from "#core/ports";
import type { JournalEvent } from "./event.ts";
import { createJournalReader, type JournalFormat, type JournalProblem } from "./journal-reader.ts";
import { storedValue } from "./stored-value.ts";
import type { StoredText } from "./value-line.ts";
import type { ValueRef } from "./value-ref.ts";

/** What a journal file holds. */
export interface RecordedRun {
  /** Nothing is read after a header of another format, which is the last of the problems. */
  readonly format: JournalFormat;
  readonly events: readonly JournalEvent[];
  readonly problems: readonly JournalProblem[];
  /** True when the file ends in a line without its end, as after a crash: it is left out, and is no problem. */
  readonly torn: boolean;
  /** The value of a reference; undefined when the file has none. */
  value(ref: ValueRef): Json | undefined;
}

/**
 * Reads a journal's text. Never throws: a line that cannot be read, or a value that does not match its hash, is a
 * problem, and the rest is read. A last line without its end is left out, whole as it may look.
 */
export function readJournal(text: string): RecordedRun {
  const reader = createJournalReader();
  const texts = new Map<string, StoredText>();
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
    const value = reader.line(text.slice(start, end));
    if (value !== null && !texts.has(value.ref)) texts.set(value.ref, value);
    start = end + 1;
  }
  const torn = start < text.length;
  if (!torn) reader.end();
  const { format, events, problems } = reader;
  return { format, events, problems, torn, value: composedOnce(texts) };
}

/** Values are put together when they are first asked for. */
function composedOnce(texts: ReadonlyMap<string, StoredText>): RecordedRun["value"] {
  const values = new Map<string, Json | undefined>();
  return ({ ref }) => {
    if (!values.has(ref))
      values.set(
        ref,
        storedValue(ref, (wanted) => texts.get(wanted)),
      );
    return values.get(ref);
  };
}
