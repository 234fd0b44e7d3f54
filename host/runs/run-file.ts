import { constants, type FileHandle, open, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { orMissing } from "../inside.ts";
import { type LineFile, writeLines } from "../line-file.ts";

/** A journal's name in the folder of its run. */
export const journalName = "journal.ndjson";

// Windows has no O_NOFOLLOW; what is undefined adds no bit.
const { O_WRONLY, O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;

/** Creates the journal of a new run, for its owner's eyes only. Rejects with the system's error. */
export async function createRunFile(path: string): Promise<LineFile> {
  const file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  return writeLines(file, path, durably(file, path));
}

/** Opens the journal of a run to go on after its first `bytes` bytes; what comes after them is cut off. */
export async function continueRunFile(path: string, bytes: number): Promise<LineFile> {
  const file = await open(path, O_WRONLY | O_APPEND | O_NOFOLLOW);
  try {
    if ((await file.stat()).size > bytes) await file.truncate(bytes);
  } catch (error) {
    await file.close();
    throw error;
  }
  return writeLines(file, path, durably(file, path));
}

/** Puts what was written on the disk, and, the first time, the file's name. Rejects where the file is gone. */
function durably(file: FileHandle, path: string): () => Promise<void> {
  let isNamed = false;
  return async () => {
    await file.datasync();
    const [mine, there] = await Promise.all([
      file.stat({ bigint: true }),
      orMissing(stat(path, { bigint: true })),
    ]);
    // The system would go on writing into a file that no one can open any more.
    if (there === undefined || there.ino !== mine.ino || there.dev !== mine.dev)
      throw new Error("it was removed or replaced while the run was going on");
    if (isNamed) return;
    await syncFolder(dirname(path));
    isNamed = true;
  };
}

async function syncFolder(path: string): Promise<void> {
  // Windows has no such thing, and keeps names by itself.
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
