import { stat } from "node:fs/promises";
import { join } from "node:path";
import { foldRun, type RecordedRun, type RunStatus, type RunSummary, summarizeRun } from "#core/journal";
import { orMissing } from "../inside.ts";
import { inBatches } from "./in-batches.ts";
import { readLastWords } from "./last-words.ts";
import { newestFirst } from "./newest-first.ts";
import { readRunFile } from "./read-run-file.ts";
import { journalName } from "./run-file.ts";
import { type RunStore, runFolder, runIds } from "./run-store.ts";
import { readSummary, type StoredSummary, writeSummary } from "./summary-file.ts";
import { type RunWriter, writerOf } from "./writer-lock.ts";

/**
 * How a recorded run is: it ended, it is at work, it waits for an answer, its record was cut off since it could not be
 * written any more, its process died in the middle, or it is in a format that this version does not know.
 */
export type RecordedStatus = RunStatus | "running" | "waiting" | "cut-off" | "crashed" | "unreadable";

/** A recorded run as a list shows it. */
export interface InspectedRun {
  readonly runId: string;
  readonly status: RecordedStatus;
  readonly summary: RunSummary;
  /** Milliseconds since 1970 of the last event. */
  readonly lastAt: number | null;
  readonly journalBytes: number;
  /** Why its record was cut off; null unless it was. */
  readonly cutOff: string | null;
  /** Who writes it now. */
  readonly writer: RunWriter | null;
}

/** The newest runs, and how many there are in all. Reads no journal of a run that ended, but for one without a summary. */
export async function listRuns(
  store: RunStore,
  limit: number,
): Promise<{ readonly runs: readonly InspectedRun[]; readonly total: number }> {
  const ids = await newestFirst(store, await runIds(store));
  const runs = await inBatches(ids.slice(0, limit), (id) => inspectRun(store, id));
  return { runs: runs.filter((run) => run !== undefined), total: ids.length };
}

/** How a run is; undefined where it is not there, or not any more. Rejects with the system's error. */
export async function inspectRun(store: RunStore, runId: string): Promise<InspectedRun | undefined> {
  const folder = await runFolder(store, runId);
  if (folder === undefined) return undefined;
  // Asked first: one that ends in between is then read as it ended.
  const stored = await readSummary(folder);
  if (stored !== undefined && hasEnded(stored.summary)) return shown(runId, stored, null, null);
  const writer = await writerOf(folder);
  const read = stored ?? (await orMissing(summaryOfJournal(folder)));
  if (read === undefined) return undefined;
  // Nothing is stored of it: the version that knows it will find what it stores.
  if ("format" in read && read.format === "other")
    return { ...shown(runId, read, null, writer), status: "unreadable" };
  // Of a run at work the next look would find another size.
  if (stored === undefined && writer === null) await writeSummary(folder, read);
  const cutOff = writer === null && !hasEnded(read.summary) ? await readLastWords(folder) : null;
  return shown(runId, read, cutOff, writer);
}

function hasEnded({ status }: RunSummary): boolean {
  return status !== "running" && status !== "not-started";
}

async function summaryOfJournal(
  folder: string,
): Promise<StoredSummary & { readonly format: RecordedRun["format"] }> {
  const path = join(folder, journalName);
  const { recorded } = await readRunFile(path);
  const { size } = await stat(path);
  const lastAt = recorded.events.at(-1)?.at ?? null;
  const summary = summarizeRun(foldRun(recorded.events));
  return { format: recorded.format, summary, lastAt, journalBytes: size };
}

function shown(
  runId: string,
  { summary, lastAt, journalBytes }: StoredSummary,
  cutOff: string | null,
  writer: RunWriter | null,
): InspectedRun {
  return { runId, status: statusOf(summary, cutOff, writer), summary, lastAt, journalBytes, cutOff, writer };
}

function statusOf(
  { status, questions }: RunSummary,
  cutOff: string | null,
  writer: RunWriter | null,
): RecordedStatus {
  if (status !== "running" && status !== "not-started") return status;
  if (writer === null) return cutOff === null ? "crashed" : "cut-off";
  return questions > 0 ? "waiting" : "running";
}
