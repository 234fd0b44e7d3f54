import { stat } from "node:fs/promises";
import { join } from "node:path";
import { foldRun, type RecordedRun } from "#core/journal";
import { systemReason } from "#core/ports";
import { holdLastWords } from "./last-words.ts";
import { readRunFile } from "./read-run-file.ts";
import { createRecording, type RunRecording } from "./recording.ts";
import { continueRunFile, journalName } from "./run-file.ts";
import { type RunStore, runFolder } from "./run-store.ts";
import { RunStoreError } from "./run-store-error.ts";
import { lockFolder, type RunWriter } from "./writer-lock.ts";

/** A run that is there already, and is to go on. */
export interface ReopenedRun extends RunRecording {
  /** What was recorded before; a value stays readable while the run goes on. */
  readonly recorded: RecordedRun;
}

/** A run to write to, or who writes it now. */
export type OpenedRun =
  | { readonly kind: "opened"; readonly run: ReopenedRun }
  | { readonly kind: "busy"; readonly writer: RunWriter; readonly message: string };

/**
 * Takes the writer's place of a recorded run and opens its journal to go on where its last whole line ends: a line that
 * a crash has cut off is removed. Each value that is stored already is not stored again. Whoever gets the run closes it.
 *
 * What is damaged in the middle is in `recorded.problems` and is left as it is: whether a run with lost events can go
 * on is the caller's to say. `program` is what this process is, for people: `fm resume`. Rejects with
 * {@link RunStoreError} where there is no such run, or where the system refuses.
 */
export async function openRunForAppend(store: RunStore, runId: string, program: string): Promise<OpenedRun> {
  const folder = await runFolder(store, runId);
  if (folder === undefined)
    throw new RunStoreError(
      `There is no run ${runId} in this workspace. fm runs lists those that there are.`,
    );
  try {
    const lock = await lockFolder(folder, program);
    if (lock.kind === "busy")
      return { kind: "busy", writer: lock.writer, message: whoWrites(runId, lock.writer) };
    try {
      return { kind: "opened", run: await reopen(folder, runId, lock.release) };
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new RunStoreError(
      `The run ${runId} cannot be opened in ${folder}: ${systemReason(error)}. It goes on in its own record: see to it that this can be written, or take the run to another workspace with fm export and fm import.`,
    );
  }
}

async function reopen(folder: string, runId: string, release: () => void): Promise<ReopenedRun> {
  const path = join(folder, journalName);
  // Its writer is dead, so that what is read stays as it is.
  const { recorded, shorthand, wholeBytes } = await readRunFile(path);
  // Before anything is written to it.
  const problem = recorded.problems.at(-1);
  if (problem !== undefined && recorded.format === "other")
    throw new RunStoreError(`The run ${runId} cannot go on. ${problem.message}`);
  const lastWords = await holdLastWords(folder);
  const file = await continueRunFile(path, wholeBytes);
  const state = foldRun(recorded.events);
  // A run that died before its first line was written is a new file.
  const isNew = wholeBytes === 0 && (await stat(path)).size === 0;
  const lastAt = recorded.events.at(-1)?.at ?? null;
  const files = [file];
  const parts = {
    runId,
    folder,
    files,
    state,
    lastAt,
    shorthand: isNew ? null : shorthand,
    lastWords,
    release,
  };
  return { ...createRecording(parts), recorded };
}

/** Says who writes a run, and what to do. */
export function whoWrites(runId: string, { pid, program, since }: RunWriter): string {
  const begun = new Date(since).toISOString();
  return `The run ${runId} is being written by process ${pid} (${program}, since ${begun}). Wait until it has ended, or end it.`;
}
