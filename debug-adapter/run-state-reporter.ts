import type { JournalEvent } from "#core/journal";
import { addressKey, type FrameStep, type StageAddress } from "#core/ports";
import type { RunStateBody, StageRunState } from "#protocol";
import type { RunFiles } from "./run-files.ts";

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
  const cached = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const reportOf = (frames: StageAddress["frames"]): FileReport => {
    const { path } = files.at(frames);
    let report = reports.get(path);
    if (report === undefined) {
      report = { changed: new Map(), rounds: new Map(), stoppedAt: null, dirty: false };
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

  const set = ({ frames, stage }: StageAddress, status: StageRunState["status"], note?: string): void => {
    const report = reportOf(frames);
    report.changed.set(stage, note === undefined ? { stage, status } : { stage, status, note });
    report.dirty = true;
    timer ??= setTimeout(flush, reportEveryMs);
  };

  /** In a loop a stage runs many times: which time it is stands beside its status. */
  const roundNote = ({ frames, stage }: StageAddress): string | undefined =>
    frames.some(isRound) ? `×${reportOf(frames).rounds.get(stage) ?? 1}` : undefined;

  return {
    record: (event) => {
      switch (event.kind) {
        case "stage-started":
          if (event.address.frames.some(isRound))
            countRound(reportOf(event.address.frames), event.address.stage);
          set(event.address, "running", roundNote(event.address));
          return;
        case "stage-cache":
          if (event.outcome.kind === "hit") cached.add(addressKey(event.address));
          return;
        case "stage-succeeded":
          set(
            event.address,
            cached.delete(addressKey(event.address)) ? "cached" : "succeeded",
            roundNote(event.address),
          );
          return;
        case "stage-failed":
          set(event.address, event.next.kind === "retry" ? "running" : "failed", event.failure.message);
          return;
        case "stage-skipped":
          set(event.address, "skipped", event.reason);
          return;
        case "stage-cancelled":
          set(event.address, "cancelled");
          return;
        case "question-asked":
          set(event.address, event.attempt === 0 ? "waiting" : "running", "waiting for an answer");
          return;
        case "question-closed":
          set(event.address, event.attempt === 0 ? "waiting" : "running");
          return;
        case "run-started":
        case "run-resumed":
        case "run-ending":
        case "run-finished":
        case "stage-delta":
        case "stage-log":
        case "stage-decided":
        case "model-called":
        case "model-answered":
        case "variable-set":
        case "iteration-started":
        case "iteration-finished":
        case "arm-started":
        case "arm-finished":
        case "call-started":
        case "call-finished":
        case "stage-ending":
          return;
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
          const report = reportOf(each.frames);
          report.stoppedAt = each.stage;
          report.dirty = true;
        }
      }
      flush();
    },
    flush,
  };
}

function isRound({ kind }: FrameStep): boolean {
  return kind === "iteration";
}

/** What is to be told of one file. */
interface FileReport {
  readonly changed: Map<string, StageRunState>;
  /** How often each stage has begun. */
  readonly rounds: Map<string, number>;
  stoppedAt: string | null;
  dirty: boolean;
}

function countRound({ rounds }: FileReport, stage: string): void {
  rounds.set(stage, (rounds.get(stage) ?? 0) + 1);
}

/** The stage, after those whose calls lead to it, outermost first. */
function callsTo(address: StageAddress): readonly StageAddress[] {
  const calls = address.frames.flatMap((step, depth) =>
    step.kind === "subpipeline" ? [{ frames: address.frames.slice(0, depth), stage: step.owner }] : [],
  );
  return [...calls, address];
}
