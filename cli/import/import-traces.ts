import { open, readFile, stat } from "node:fs/promises";
import { contentHash } from "#core/journal";
import { looksLikeOtlp, readOtlp, runsOfTraces } from "#core/telemetry";
import { importJournal, newRunId, RunStoreError } from "#host";

/** Bytes of a file of traces: it is read as a whole. */
const LARGEST = 256 * 1024 * 1024;
/** Bytes in which a file says what it is. */
const BEGINNING = 4096;

/** What became of a file of traces. */
export interface ImportedTraces {
  /** Ids of the runs that were taken in. */
  readonly runs: readonly string[];
  /** What of it was not, in sentences. */
  readonly notes: readonly string[];
}

/** Whether a file begins as traces in OTLP's JSON do. Rejects with the system's error. */
export async function isTraceFile(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return looksLikeOtlp(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * Takes in a run for each trace of a file. One whose run is there already is left out, and a note says so; where none is
 * taken in, it rejects with {@link RunStoreError}.
 */
export async function importTraces(workspaceRoot: string, path: string): Promise<ImportedTraces> {
  if ((await stat(path)).size > LARGEST)
    throw new RunStoreError(
      `It has more than ${LARGEST} bytes, and is not taken in. Cut it at an end of a line.`,
    );
  const traces = readOtlp(await readFile(path, "utf8"));
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
  return { runs, notes: [...notes, ...refusals] };
}

/** The same for the same trace, so that it is not taken in twice. */
function idOf(startMs: number, traceId: string): string {
  const digits = contentHash(traceId);
  let place = 0;
  return newRunId(startMs, () => (digits.charCodeAt(place++) % 32) / 32);
}
