import { open, readFile, stat } from "node:fs/promises";
import { contentHash } from "#core/journal";
import {
  looksLikeLangsmith,
  looksLikeOtlp,
  type ReadTraces,
  readLangsmith,
  readOtlp,
  runsOfTraces,
} from "#core/telemetry";
import { importJournal, importRun } from "./import-run.ts";
import { newRunId } from "./run-id.ts";
import { RunStoreError } from "./run-store-error.ts";

/** Bytes of a file of traces: it is read as a whole. */
const LARGEST = 256 * 1024 * 1024;
/** Bytes in which a file says what it is: LangSmith writes a run's inputs before its type. */
const BEGINNING = 256 * 1024;

/** What became of a file. */
export interface ImportedFile {
  readonly kind: "run" | "traces";
  /** Ids of the runs that were taken in. */
  readonly runs: readonly string[];
  /** What of it was not, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Takes in what a file has: a run that was exported, a journal as it is, or traces of OpenTelemetry or LangSmith. Rejects
 * with {@link RunStoreError} where that cannot be, and with the system's error for a file that cannot be read.
 */
export async function importRunFile(workspaceRoot: string, path: string): Promise<ImportedFile> {
  if (!(await stat(path)).isFile()) throw new RunStoreError("It is no file.");
  const read = await traceReader(path);
  if (read !== undefined) return await importTraces(workspaceRoot, path, read);
  return { kind: "run", runs: [await importRun(workspaceRoot, path)], notes: [] };
}

/** How the traces in a file are read; undefined for a file that has none. */
async function traceReader(path: string): Promise<((text: string) => ReadTraces) | undefined> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    const beginning = buffer.toString("utf8", 0, bytesRead);
    // A journal may hold any words; it says what it is first.
    if (/^\uFEFF?\{"(?:kind|seq)":/.test(beginning)) return undefined;
    if (looksLikeOtlp(beginning)) return readOtlp;
    return looksLikeLangsmith(beginning) ? readLangsmith : undefined;
  } finally {
    await file.close();
  }
}

/**
 * Takes in a run for each trace of a file. One whose run is there already is left out, and a note says so; where none is
 * taken in, it rejects with {@link RunStoreError}.
 */
async function importTraces(
  workspaceRoot: string,
  path: string,
  read: (text: string) => ReadTraces,
): Promise<ImportedFile> {
  if ((await stat(path)).size > LARGEST)
    throw new RunStoreError(
      `It has more than ${LARGEST} bytes, and is not taken in. Cut it at an end of a line.`,
    );
  const traces = read(await readFile(path, "utf8"));
  const runs: string[] = [];
  const refusals: string[] = [];
  const notes = new Set(traces.notes);
  for (const { journal, notes: more } of runsOfTraces(traces, idOf)) {
    try {
      runs.push(await importJournal(workspaceRoot, journal));
      for (const note of more) notes.add(note);
    } catch (error) {
      if (!(error instanceof RunStoreError)) throw error;
      refusals.push(error.message);
    }
  }
  if (runs.length === 0)
    throw new RunStoreError([...refusals, ...traces.notes][0] ?? "There is no span in it.");
  return { kind: "traces", runs, notes: [...notes, ...refusals] };
}

/** The same for the same trace, so that it is not taken in twice. */
function idOf(startMs: number, traceId: string): string {
  const digits = contentHash(traceId);
  let place = 0;
  return newRunId(startMs, () => (digits.charCodeAt(place++) % 32) / 32);
}
