import type { FileHandle } from "node:fs/promises";
import type { LineWriter } from "#core/journal";
import { createBatches, endOfBatch } from "./line-batch.ts";

/** A file that takes lines. */
export interface LineFile extends LineWriter {
  /** Resolves when everything written so far is on the disk; rejects with {@link JournalFileError}. */
  flush(): Promise<void>;
  /** Flushes and closes. Rejects as `flush` does. */
  close(): Promise<void>;
  /** Aborts when something could not be written: nothing is written from then on, so that there is no gap. */
  readonly broken: AbortSignal;
}

/** The disk is full, or the like; the cause is the system's error. */
export class JournalFileError extends Error {
  readonly path: string;
  constructor(path: string, cause: unknown) {
    super(
      `The journal ${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
      {
        cause,
      },
    );
    this.path = path;
  }
}

/**
 * Appends lines to the open file at `path`: at once, in order, and together what came while the system was busy.
 * `makeDurable` is done after the lines of a flush, once for each that has new ones; what it rejects with breaks the file
 * as a failed write does.
 */
export function writeLines(file: FileHandle, path: string, makeDurable: () => Promise<void>): LineFile {
  const breaking = new AbortController();
  let waiting: string[] = [];
  let written: Promise<void> = Promise.resolve();
  let isScheduled = false;
  const batch = createBatches();
  /** The making durable of all that is in the file; null when lines have come since. */
  let durable: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    isScheduled = false;
    const lines = waiting;
    waiting = [];
    for (let from = 0; from < lines.length; ) {
      const to = endOfBatch(lines, from);
      // Unlike `write`, this goes on where the system took a part only.
      await file.appendFile(batch(lines.slice(from, to)));
      // Not before: what was begun while these were on their way does not cover them.
      durable = null;
      from = to;
    }
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    // After a failure nothing of this runs any more.
    written = written.then(drain);
    // It is reported by the flush that everyone who needs the file awaits.
    written.catch((error: unknown) => breaking.abort(new JournalFileError(path, error)));
  };
  const flush = async (): Promise<void> => {
    schedule();
    try {
      await written;
      durable ??= makeDurable();
      await durable;
    } catch (error) {
      breaking.abort(new JournalFileError(path, error));
      written = Promise.reject(error);
      written.catch(() => {});
      throw new JournalFileError(path, error);
    }
  };
  return {
    broken: breaking.signal,
    write(lines) {
      if (breaking.signal.aborted) return;
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
