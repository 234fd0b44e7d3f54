import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createMemoryJournal, emptyRunState, journalBeginning } from "#core/journal";
import { systemReason } from "#core/ports";
import { hasCode } from "../has-code.ts";
import { openJournalFile } from "../journal-file.ts";
import { JournalFileError, type LineFile } from "../line-file.ts";
import { holdLastWords } from "./last-words.ts";
import { pruneRuns } from "./prune-runs.ts";
import { createRecording, type RunRecording } from "./recording.ts";
import type { RetentionLimits } from "./retention.ts";
import { createRunFile, journalName } from "./run-file.ts";
import { newRunId } from "./run-id.ts";
import type { RunStore } from "./run-store.ts";
import { RunStoreError } from "./run-store-error.ts";
import { makeRunsFolder } from "./runs-folder.ts";
import { lockFolder } from "./writer-lock.ts";

/** Where a new run is recorded. */
export interface RecordOptions {
  readonly workspaceRoot: string;
  /** What this process is, for people: `fm run`. */
  readonly program: string;
  /** Whether the workspace gets a record. */
  readonly keep: "in-workspace" | "nowhere";
  /** A file that gets the same lines besides, absolute; null for none. */
  readonly copy: string | null;
  /** What is kept of the workspace's runs once this one has ended. */
  readonly retention: RetentionLimits;
}

/**
 * Begins the record of a new run, with an id of its own. Rejects, before anything has run, with {@link RunStoreError}
 * where the workspace cannot have it and with {@link JournalFileError} where the copy cannot be.
 */
export async function recordRun(options: RecordOptions): Promise<RunRecording> {
  const { workspaceRoot, program, keep, copy, retention } = options;
  const copies = copy === null ? [] : [await openCopy(copy)];
  try {
    if (keep === "in-workspace") {
      const folder = await makeRunsFolder(workspaceRoot);
      return pruningAfter(await recordIn(folder, program, copies), { workspaceRoot, folder }, retention);
    }
    const runId = newRunId(Date.now(), Math.random);
    if (copies.length === 0) return recordNowhere(runId);
    return createRecording({
      runId,
      folder: null,
      files: copies,
      state: emptyRunState(),
      lastAt: null,
      shorthand: null,
      lastWords: null,
      release: () => {},
    });
  } catch (error) {
    await Promise.allSettled(copies.map((file) => file.close()));
    throw error;
  }
}

async function recordIn(runs: string, program: string, copies: readonly LineFile[]): Promise<RunRecording> {
  const runId = await makeRunFolder(runs);
  const folder = join(runs, runId);
  try {
    const lock = await lockFolder(folder, program);
    if (lock.kind === "busy") throw new Error(`another process writes the new run ${runId}`);
    const { release } = lock;
    try {
      const lastWords = await holdLastWords(folder);
      const file = await createRunFile(join(folder, journalName));
      const state = emptyRunState();
      const files = [file, ...copies];
      return createRecording({
        runId,
        folder,
        files,
        state,
        lastAt: null,
        shorthand: null,
        lastWords,
        release,
      });
    } catch (error) {
      release();
      throw error;
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw unusable(folder, error);
  }
}

/** The same recording; when it is closed, runs over the limits are removed. */
function pruningAfter(recording: RunRecording, store: RunStore, limits: RetentionLimits): RunRecording {
  return {
    ...recording,
    async close() {
      await recording.close();
      try {
        await pruneRuns(store, limits, "remove");
      } catch (error) {
        // This run is well recorded; fm prune says what stands in the way of the old ones.
        if (!(error instanceof Error && "code" in error)) throw error;
      }
    },
  };
}

/** An empty folder under a new id. */
async function makeRunFolder(runs: string): Promise<string> {
  for (;;) {
    const runId = newRunId(Date.now(), Math.random);
    try {
      await mkdir(join(runs, runId), { mode: 0o700 });
      return runId;
    } catch (error) {
      // Someone began a run in the same millisecond with the same random digits.
      if (!hasCode(error, "EEXIST")) throw unusable(runs, error);
    }
  }
}

async function openCopy(path: string): Promise<LineFile> {
  try {
    return await openJournalFile(path, journalBeginning);
  } catch (error) {
    throw new JournalFileError(path, error);
  }
}

/** Nothing outlives the process; the run's own memory is as it would be. */
function recordNowhere(runId: string): RunRecording {
  return {
    runId,
    journal: createMemoryJournal(),
    broken: new AbortController().signal,
    close: () => Promise.resolve(),
  };
}

function unusable(path: string, error: unknown): unknown {
  if (!(error instanceof Error && "code" in error)) return error;
  return new RunStoreError(`The run cannot be recorded in ${path}: ${systemReason(error)}.`);
}
