import { readSync } from "node:fs";
import { constants, type FileHandle, open } from "node:fs/promises";
import {
  createJournalReader,
  type RecordedRun,
  type Shorthand,
  type StoredText,
  storedValue,
} from "#core/journal";
import { fileInUse } from "./file-in-use.ts";

/** A journal file that was read. */
export interface ReadRun {
  readonly recorded: RecordedRun;
  /** For whoever goes on with the file. */
  readonly shorthand: Shorthand;
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
        const { form, start, text } = value;
        // A line that another tool wrote with other white space is kept as it is.
        const place =
          start === null ? { text } : { offset: offset + start, length: bytes.length - start - 1 };
        places.set(value.ref, { form, ...place });
      },
      tooLong: () => reader.lost(`This line is longer than ${LONGEST_LINE} bytes; it is left out.`),
    });
    const torn = wholeBytes < size;
    if (!torn) reader.end();
    const { format, events, problems } = reader;
    const value = valuesAt(path, places);
    return { recorded: { format, events, problems, torn, value }, shorthand: reader.shorthand, wholeBytes };
  } finally {
    await file.close();
  }
}

/** Where what is stored of a value is; of one that is not as the writer writes it the text is kept. */
type Place = { readonly form: StoredText["form"] } & (
  | { readonly offset: number; readonly length: number }
  | { readonly text: string }
);

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
  const using = fileInUse(path);
  return ({ ref }) => {
    if (!places.has(ref)) return undefined;
    return using((file) =>
      storedValue(ref, (wanted) => {
        const place = places.get(wanted);
        if (place === undefined || "text" in place) return place;
        const text = textAt(file, place.offset, place.length);
        return text === undefined ? undefined : { form: place.form, text };
      }),
    );
  };
}

/** Undefined where the file has become shorter. */
function textAt(file: number, offset: number, length: number): string | undefined {
  const bytes = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const more = readSync(file, bytes, read, length - read, offset + read);
    if (more === 0) return undefined;
    read += more;
  }
  return bytes.toString("utf8");
}
