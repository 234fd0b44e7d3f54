import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type RecordedRun, readJournal } from "#core/journal";
import { hasCode } from "../has-code.ts";
import { checkRecord } from "./check-record.ts";
import { readRunFile } from "./read-run-file.ts";
import { RunStoreError } from "./run-store-error.ts";

/** Bytes of a packed record when it is unpacked, at most, since it is in memory then; an imported one may be larger. */
const LARGEST = 256 * 1024 * 1024;

/**
 * Reads a record that may come from anywhere, without taking it in: a journal, or what `fm export` made of one. Every
 * line, hash and reference is checked. Rejects with {@link RunStoreError} for what is no whole record, and with the
 * system's error.
 */
export async function readRecordFile(path: string): Promise<RecordedRun> {
  if (!(await stat(path)).isFile()) throw new RunStoreError(`${path} is no file.`);
  const recorded = path.endsWith(".gz") ? readJournal(await unpacked(path)) : await readEither(path);
  // A crash may have cut its last line off; what comes before counts.
  checkRecord({ ...recorded, torn: false });
  return recorded;
}

async function readEither(path: string): Promise<RecordedRun> {
  const { recorded } = await readRunFile(path);
  // Whatever it is called, what was packed is no journal as it stands.
  return recorded.format === "known" && recorded.events.length > 0
    ? recorded
    : readJournal(await unpacked(path));
}

async function unpacked(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString("utf8");
  try {
    return (await promisify(gunzip)(bytes, { maxOutputLength: LARGEST })).toString("utf8");
  } catch (error) {
    if (hasCode(error, "ERR_BUFFER_TOO_LARGE"))
      throw new RunStoreError(`${path} unpacks to more than ${LARGEST} bytes. Take it in with fm import.`);
    if (hasCode(error, "Z_DATA_ERROR", "Z_BUF_ERROR"))
      throw new RunStoreError(`${path} is damaged or cut off. Export the run again.`);
    throw error;
  }
}
