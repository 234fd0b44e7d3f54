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

/** Where encoded lines go: a file, mostly. */
export interface LineWriter {
  /** Takes whole lines, in order; never waits. */
  write(lines: string): void;
  /** Resolves when everything written so far is durable as the writer promises. */
  flush(): Promise<void>;
}

/**
 * A sink that writes the file format. A value is one line before the first event that refers to it, and is written
 * once; only hashes are kept in memory. A new file begins with the header.
 */
export function createNdjsonSink(writer: LineWriter): JournalSink {
  const refs = new Map<string, ValueRef>();
  writer.write(encodeHeader());
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
