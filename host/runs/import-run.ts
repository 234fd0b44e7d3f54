import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { hasCode } from "../has-code.ts";
import { checkRecord } from "./check-record.ts";
import { readRunFile } from "./read-run-file.ts";
import { journalName } from "./run-file.ts";
import { isRunId } from "./run-id.ts";
import { runFolder } from "./run-store.ts";
import { RunStoreError } from "./run-store-error.ts";
import { makeRunsFolder } from "./runs-folder.ts";

/** Bytes that an imported journal may have when it is unpacked. */
const LARGEST = 4 * 1024 ** 3;

/**
 * Takes in a run that was exported, or a journal as it is; gives the run's id. Every line, hash and reference is checked
 * before the run is there, which happens in one step, and a run of that id that is there already is left as it is.
 * Rejects with {@link RunStoreError} for all of that, and with the system's error for a file that cannot be read.
 */
export async function importRun(workspaceRoot: string, file: string): Promise<string> {
  return await takeIn(workspaceRoot, (journal) => unpack(file, journal));
}

/** The same for the text of a journal. */
export async function importJournal(workspaceRoot: string, text: string): Promise<string> {
  return await takeIn(workspaceRoot, (journal) => writeFile(journal, text, { flag: "wx", mode: 0o600 }));
}

async function takeIn(workspaceRoot: string, write: (journal: string) => Promise<void>): Promise<string> {
  const runs = await makeRunsFolder(workspaceRoot);
  const draft = join(runs, `.importing-${randomUUID()}`);
  await mkdir(draft, { mode: 0o700 });
  try {
    const journal = join(draft, journalName);
    await write(journal);
    const { recorded } = await readRunFile(journal);
    const runId = checkRecord(recorded);
    if (!isRunId(runId))
      throw new RunStoreError(`The run calls itself ${JSON.stringify(runId)}, which is no id of a run.`);
    if ((await runFolder({ workspaceRoot, folder: runs }, runId)) !== undefined) throw isThere(runId);
    await rename(draft, join(runs, runId));
    return runId;
  } catch (error) {
    throw hasCode(error, "ENOTEMPTY", "EEXIST") ? isThere("of the file") : error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function unpack(file: string, to: string): Promise<void> {
  const out = createWriteStream(to, { flags: "wx", mode: 0o600 });
  try {
    const source = createReadStream(file);
    if (await isPacked(file)) await pipeline(source, createGunzip(), atMost(LARGEST), out);
    else await pipeline(source, atMost(LARGEST), out);
  } catch (error) {
    if (!hasCode(error, "Z_DATA_ERROR", "Z_BUF_ERROR")) throw error;
    throw new RunStoreError("It is damaged or cut off: its checksum does not fit. Export the run again.");
  }
}

/** The first two bytes of gzip. */
async function isPacked(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** A small file can unpack to one that fills the disk. */
function atMost(bytes: number): Transform {
  let total = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      total += chunk.length;
      if (total > bytes)
        done(new RunStoreError(`It unpacks to more than ${bytes} bytes, and is not taken in.`));
      else done(null, chunk);
    },
  });
}

function isThere(runId: string): RunStoreError {
  return new RunStoreError(`There is a run ${runId} in this workspace already; it is left as it is.`);
}
