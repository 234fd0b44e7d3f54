import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";

/** A file that takes lines, to be given to `createNdjsonSink`. */
export interface JournalFile {
  /** Takes whole lines, in order; never waits. */
  write(lines: string): void;
  /** Resolves when everything written so far is on the disk; rejects when it cannot be put there. */
  flush(): Promise<void>;
  /** Flushes and closes. */
  close(): Promise<void>;
}

/** Creates the file anew, with the folders it needs. Rejects when that is not possible. */
export async function openJournalFile(path: string): Promise<JournalFile> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, "w", 0o600);
  let waiting: string[] = [];
  let written: Promise<void> = Promise.resolve();
  let isScheduled = false;

  const drain = async (): Promise<void> => {
    isScheduled = false;
    const lines = waiting.join("");
    waiting = [];
    if (lines !== "") await file.write(lines);
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    written = written.then(drain);
    // A full disk is reported by the flush that everyone who needs the file awaits.
    written.catch(() => {});
  };
  const flush = async (): Promise<void> => {
    schedule();
    await written;
    await file.datasync();
  };
  return {
    write(lines) {
      waiting.push(lines);
      schedule();
    },
    flush,
    async close() {
      try {
        await flush();
      } finally {
        await file.close();
      }
    },
  };
}
