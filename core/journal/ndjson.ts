import { encodeEvent } from "./encode-event.ts";
import { type EncodedJson, encodeJson } from "./encode-json.ts";
import type { JournalSink } from "./journal-sink.ts";
import type { ValueRef } from "./value-ref.ts";

/** The version of the file format, see docs/journal.md. Readers refuse higher ones. */
export const journalFormat = 1;

/** How a journal file begins in any version. */
export const journalBeginning = '{"kind":"journal","format":';

/** The first line of a journal file. */
export function encodeHeader(): string {
  return `${journalBeginning}${journalFormat}}\n`;
}

/** One value as a line; `text` is its JSON text, of which `hash` is the content hash. */
export function encodeValue(hash: string, text: string): string {
  return `{"kind":"value","ref":"${hash}","value":${text}}\n`;
}

/** Takes a line apart that {@link encodeValue} wrote, without its end; null for any other. The text is not checked. */
export function valueLine(line: string): { readonly ref: string; readonly text: string } | null {
  if (!line.startsWith(VALUE_BEGINNING) || !line.startsWith(VALUE_MIDDLE, REF_END) || !line.endsWith("}"))
    return null;
  return { ref: line.slice(VALUE_BEGINNING.length, REF_END), text: line.slice(VALUE_TEXT_START, -1) };
}

const VALUE_BEGINNING = '{"kind":"value","ref":"';
const VALUE_MIDDLE = '","value":';
/** Where the 22 characters of the hash end. */
const REF_END = VALUE_BEGINNING.length + 22;
/** Characters (and bytes, for all of them are ASCII) before a value's text in its line. */
export const VALUE_TEXT_START = REF_END + VALUE_MIDDLE.length;

/** Where encoded lines go: a file, mostly. */
export interface LineWriter {
  /** Takes whole lines, in order; never waits. */
  write(lines: string): void;
  /** Resolves when everything written so far is durable as the writer promises. */
  flush(): Promise<void>;
}

/**
 * A sink that writes a new file in the file format, beginning with the header. A value is one line before the first
 * event that refers to it, and is written once; only hashes are kept in memory.
 */
export function createNdjsonSink(writer: LineWriter): JournalSink {
  writer.write(encodeHeader());
  return continueNdjsonSink(writer, []);
}

/** The same for a file that holds the header, some events, and the values with these hashes already. */
export function continueNdjsonSink(writer: LineWriter, stored: Iterable<string>): JournalSink {
  const refs = new Map<string, ValueRef>();
  for (const ref of stored) refs.set(ref, { ref });
  const putEncoded = ({ hash, text }: EncodedJson): ValueRef => {
    const known = refs.get(hash);
    if (known !== undefined) return known;
    const ref = { ref: hash };
    refs.set(hash, ref);
    writer.write(encodeValue(hash, text));
    return ref;
  };
  return {
    append: (event) => writer.write(encodeEvent(event)),
    put: (value) => putEncoded(encodeJson(value)),
    putEncoded,
    flush: () => writer.flush(),
  };
}
