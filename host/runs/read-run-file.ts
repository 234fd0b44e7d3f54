import { closeSync, openSync, readSync } from "node:fs";
import { constants, type FileHandle, open } from "node:fs/promises";
import { createJournalReader, parseValue, type RecordedRun, VALUE_TEXT_START } from "#core/journal";
import type { Json } from "#core/ports";

/** A journal file that was read. */
export interface ReadRun {
  readonly recorded: RecordedRun;
  /** The hashes of the values that the file holds. */
  readonly stored: Iterable<string>;
  /** Bytes of the whole lines; what comes after them was cut off by a crash. */
  readonly wholeBytes: number;
}

/**
 * Reads a journal file of any size: line by line, and of values only where they are. `value` reads them from the file
 * when they are asked for, so that memory holds the events alone. Rejects with the system's error.
 */
export async function readRunFile(path: string): Promise<ReadRun> {
  const reader = createJournalReader();
  const places = new Map<string, Place>();
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await file.stat();
    const wholeBytes = await readLines(file, size, {
      line(bytes, offset) {
        const value = reader.line(bytes.toString("utf8"));
        if (value === null || places.has(value.ref)) return;
        // A line that another tool wrote with other white space is looked up as a whole.
        const length = Buffer.byteLength(value.text);
        const isPlain = bytes.length === VALUE_TEXT_START + length + 1;
        places.set(value.ref, isPlain ? { offset: offset + VALUE_TEXT_START, length } : { text: value.text });
      },
      tooLong: () => reader.lost(`This line is longer than ${LONGEST_LINE} bytes; it is left out.`),
    });
    const torn = wholeBytes < size;
    if (!torn) reader.end();
    const { events, problems } = reader;
    const value = valuesAt(path, places);
    return { recorded: { events, problems, torn, value }, stored: places.keys(), wholeBytes };
  } finally {
    await file.close();
  }
}

/** Where the JSON text of a value is; one that is not as the writer writes it is kept. */
type Place = { readonly offset: number; readonly length: number } | { readonly text: string };

/** Bytes that a line may have: three for each character of the largest value, and room for what escapes take. */
const LONGEST_LINE = 256 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const NEWLINE = 10;

interface LineTaker {
  /** `bytes` are good until the next call. */
  line(bytes: Buffer, offset: number): void;
  tooLong(): void;
}

/** Gives each whole line of the first `size` bytes; returns where the last one ends. */
async function readLines(file: FileHandle, size: number, taker: LineTaker): Promise<number> {
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(size, 1)));
  let pieces: Buffer[] = [];
  let length = 0;
  let start = 0;
  for (let position = 0; position < size; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, size - position), position);
    if (bytesRead === 0) break;
    let from = 0;
    for (let end = lineEnd(chunk, from, bytesRead); end !== -1; end = lineEnd(chunk, from, bytesRead)) {
      const last = chunk.subarray(from, end);
      if (length + last.length > LONGEST_LINE) taker.tooLong();
      else taker.line(pieces.length === 0 ? last : Buffer.concat([...pieces, last]), start);
      pieces = [];
      length = 0;
      from = end + 1;
      start = position + from;
    }
    length += bytesRead - from;
    // Of a line that is too long nothing more is kept.
    if (length > LONGEST_LINE) pieces = [];
    else if (from < bytesRead) pieces.push(Buffer.from(chunk.subarray(from, bytesRead)));
    position += bytesRead;
  }
  return start;
}

function lineEnd(chunk: Buffer, from: number, to: number): number {
  const end = chunk.indexOf(NEWLINE, from);
  return end < to ? end : -1;
}

/** Reads values from the file when they are asked for, and keeps none: who needs one twice asks twice. */
function valuesAt(path: string, places: ReadonlyMap<string, Place>): RecordedRun["value"] {
  return ({ ref }): Json | undefined => {
    const place = places.get(ref);
    if (place === undefined) return undefined;
    if ("text" in place) return parseValue(place.text);
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.allocUnsafe(place.length);
      let read = 0;
      while (read < place.length) {
        const more = readSync(file, bytes, read, place.length - read, place.offset + read);
        if (more === 0) return undefined;
        read += more;
      }
      return parseValue(bytes.toString("utf8"));
    } finally {
      closeSync(file);
    }
  };
}
