import type { JournalEvent } from "#core/journal";
import type { StageAddress } from "#core/ports";
import type { RunStateBody, StageRunState } from "#protocol";
import type { RunFiles } from "./run-files.ts";
import { callsTo, readStatuses } from "./stage-status.ts";

/** Milliseconds between two reports at least: a client shows them, it does not need each. */
const reportEveryMs = 50;

/** Tells the client what changed in the run, in batches. */
export interface RunStateReporter {
  record(event: JournalEvent): void;
  /** Null when it goes on. */
  stoppedAt(address: StageAddress | null): void;
  /** Sends what is left, now. */
  flush(): void;
}

/** `send` gets a batch for each file at most every {@link reportEveryMs}; nothing when nothing changed. */
export function createRunStateReporter(
  files: Pick<RunFiles, "at">,
  send: (body: RunStateBody) => void,
): RunStateReporter {
  const reports = new Map<string, FileReport>();
  const read = readStatuses(files);
  let timer: NodeJS.Timeout | undefined;

  const reportOf = (path: string): FileReport => {
    let report = reports.get(path);
    if (report === undefined) {
      report = { changed: new Map(), stoppedAt: null, dirty: false };
      reports.set(path, report);
    }
    return report;
  };

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const [path, report] of reports) {
      if (!report.dirty) continue;
      report.dirty = false;
      const stages = [...report.changed.values()];
      report.changed.clear();
      send({ path, stages, stoppedAt: report.stoppedAt });
    }
  };

  return {
    record: (event) => {
      for (const { path, state } of read(event)) {
        const report = reportOf(path);
        report.changed.set(state.stage, state);
        report.dirty = true;
        timer ??= setTimeout(flush, reportEveryMs);
      }
    },
    stoppedAt: (address) => {
      for (const report of reports.values()) {
        if (report.stoppedAt !== null) report.dirty = true;
        report.stoppedAt = null;
      }
      if (address !== null) {
        // Files around show the stage that calls.
        for (const each of callsTo(address)) {
          const report = reportOf(files.at(each.frames).path);
          report.stoppedAt = each.stage;
          report.dirty = true;
        }
      }
      flush();
    },
    flush,
  };
}

/** What is to be told of one file. */
interface FileReport {
  readonly changed: Map<string, StageRunState>;
  stoppedAt: string | null;
  dirty: boolean;
}
