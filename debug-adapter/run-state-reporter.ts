import type { JournalEvent, StageStatus } from "#core/journal";
import type { RunStateBody, StageRunState } from "#protocol";

/** Milliseconds between two reports at least: a client shows them, it does not need each. */
const reportEveryMs = 50;

/** Tells the client what changed in the run, in batches. */
export interface RunStateReporter {
  record(event: JournalEvent): void;
  stoppedAt(stage: string | null): void;
  /** Sends what is left, now. */
  flush(): void;
}

/** `send` gets a batch at most every {@link reportEveryMs}; nothing when nothing changed. */
export function createRunStateReporter(path: string, send: (body: RunStateBody) => void): RunStateReporter {
  const changed = new Map<string, StageRunState>();
  const rounds = new Map<string, number>();
  let stopped: string | null = null;
  let dirty = false;
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!dirty) return;
    dirty = false;
    const stages = [...changed.values()];
    changed.clear();
    send({ path, stages, stoppedAt: stopped });
  };

  const later = (): void => {
    dirty = true;
    timer ??= setTimeout(flush, reportEveryMs);
  };

  const set = (stage: string, status: StageStatus, note?: string): void => {
    changed.set(stage, note === undefined ? { stage, status } : { stage, status, note });
    later();
  };

  return {
    record: (event) => {
      switch (event.kind) {
        case "stage-started":
          rounds.set(event.address.stage, (rounds.get(event.address.stage) ?? 0) + 1);
          set(event.address.stage, "running", roundNote(event, rounds));
          return;
        case "stage-succeeded":
          set(event.address.stage, "succeeded", roundNote(event, rounds));
          return;
        case "stage-failed":
          set(event.address.stage, event.next.kind === "retry" ? "running" : "failed", event.failure.message);
          return;
        case "stage-skipped":
          set(event.address.stage, "skipped", event.reason);
          return;
        case "stage-cancelled":
          set(event.address.stage, "cancelled");
          return;
        case "run-started":
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
    stoppedAt: (stage) => {
      stopped = stage;
      dirty = true;
      flush();
    },
    flush,
  };
}

/** In a loop a stage runs many times: which time it is stands beside its status. */
function roundNote(
  event: Extract<JournalEvent, { kind: "stage-started" | "stage-succeeded" }>,
  rounds: ReadonlyMap<string, number>,
): string | undefined {
  if (!event.address.frames.some((frame) => frame.kind === "iteration")) return undefined;
  return `×${rounds.get(event.address.stage) ?? 1}`;
}
