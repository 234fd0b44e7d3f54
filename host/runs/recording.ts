import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type JournalSink, type RunState, type Shorthand, summarizeRun } from "#core/journal";
import { JournalFileError, type LineFile } from "../line-file.ts";
import type { LastWords } from "./last-words.ts";
import { journalName } from "./run-file.ts";
import { createRunSink, toEach } from "./run-sink.ts";
import { writeSummary } from "./summary-file.ts";

/** A run that is being recorded. */
export interface RunRecording {
  readonly runId: string;
  readonly journal: JournalSink;
  /** Aborts when something could not be written; the run is to be stopped then, since it leaves no record. */
  readonly broken: AbortSignal;
  /**
   * Makes everything durable, stores the summary and gives the writer's place up, which also happens when it rejects,
   * with {@link JournalFileError}.
   */
  close(): Promise<void>;
}

/** What a recording is made of. */
export interface RecordingParts {
  readonly runId: string;
  /** The run's folder, of which this process is the writer; null where the workspace gets no record. */
  readonly folder: string | null;
  /** The journal in that folder, if any, and a copy elsewhere. */
  readonly files: readonly LineFile[];
  /** The state that the file holds so far. */
  readonly state: RunState;
  /** Milliseconds since 1970 of the last event that it holds. */
  readonly lastAt: number | null;
  /** What the reader of the file has after its last line; null for a new file. */
  readonly shorthand: Shorthand | null;
  /** Room for why the record ends early; null where the workspace gets no record. */
  readonly lastWords: LastWords | null;
  readonly release: () => void;
}

/** Records events into files that are open. */
export function createRecording(parts: RecordingParts): RunRecording {
  const { runId, folder, files, state, shorthand, lastWords, release } = parts;
  const sink = createRunSink(toEach(files), state, shorthand);
  let { lastAt } = parts;
  return {
    runId,
    journal: {
      ...sink,
      append(event) {
        lastAt = event.at;
        sink.append(event);
      },
    },
    broken: AbortSignal.any(files.map(({ broken }) => broken)),
    async close() {
      try {
        const closed = await Promise.allSettled(files.map((file) => file.close()));
        for (const file of closed) {
          if (file.status === "fulfilled") continue;
          if (file.reason instanceof JournalFileError) await lastWords?.say(file.reason.message);
          throw file.reason;
        }
        await lastWords?.forgo();
        if (folder === null) return;
        // A run that never began leaves no record; one of which no event can be read any more is left as it is.
        if (state.seq < 0)
          return shorthand === null ? await rm(folder, { recursive: true, force: true }) : undefined;
        const { size } = await stat(join(folder, journalName));
        await writeSummary(folder, { summary: summarizeRun(state), lastAt, journalBytes: size });
      } finally {
        release();
      }
    },
  };
}
