import { encodeEvent } from "./encode-event.ts";
import { type EncodedJson, encodeJson } from "./encode-json.ts";
import type { JournalSink } from "./journal-sink.ts";
import { createPartFinder } from "./part-finder.ts";
import { createShorthand, type Shorthand } from "./shorthand.ts";
import { encodeParts, encodeValue, valuePieces } from "./value-line.ts";

/** The version of the file format, see docs/journal.md. Readers refuse higher ones. */
export const journalFormat = 2;

/** How a journal file begins in any version. */
export const journalBeginning = '{"kind":"journal","format":';

/** The first line of a journal file. */
export function encodeHeader(): string {
  return `${journalBeginning}${journalFormat}}\n`;
}

/** Characters from which copying a text costs more than handing on two more pieces. */
const LONG = 8192;

/** Where encoded lines go: a file, mostly. */
export interface LineWriter {
  /** Takes lines, in order, large ones in pieces one right after the other; never waits. */
  write(lines: string): void;
  /** Resolves when everything written so far is durable as the writer promises. */
  flush(): Promise<void>;
}

/**
 * A sink that writes a new file in the file format, beginning with the header. A value is one line before the first
 * event that refers to it, and is written once; of values only hashes are kept in memory.
 */
export function createNdjsonSink(writer: LineWriter): JournalSink {
  return continueNdjsonSink(writer, createShorthand());
}

/** The same for a file that holds lines already: `shorthand` is what its reader has after the last of them. */
export function continueNdjsonSink(writer: LineWriter, shorthand: Shorthand): JournalSink {
  // What comes after a header is as it says, so that a file of an older version can go on.
  if (shorthand.format !== journalFormat) writer.write(encodeHeader());
  shorthand.format = journalFormat;
  const finder = createPartFinder((hash) => shorthand.known(hash) !== undefined);
  const putEncoded: JournalSink["putEncoded"] = (encoded: EncodedJson) => {
    const known = shorthand.known(encoded.hash);
    if (known !== undefined) return known;
    const parts = finder.partsOf(encoded);
    const ref = shorthand.note(encoded.hash);
    const name = shorthand.nameOf(ref);
    if (parts !== null) writer.write(encodeParts(parts));
    else if (encoded.text.length < LONG) writer.write(encodeValue(name, encoded.text));
    else for (const piece of valuePieces(name, encoded.text)) writer.write(piece);
    return ref;
  };
  return {
    append: (event) => writer.write(encodeEvent(event, shorthand)),
    put: (value) => putEncoded(encodeJson(value)),
    putEncoded,
    flush: () => writer.flush(),
  };
}
