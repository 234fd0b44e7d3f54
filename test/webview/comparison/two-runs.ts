import { createNdjsonSink, type RecordedRun, readJournal } from "#core/journal";
import type { FrameStep, Json } from "#core/ports";
import { answerRunComparison } from "#language-server";
import type { ShownComparison } from "#protocol";

/** How a stage of a made-up run went. */
export interface StageOfRun {
  readonly stage: string;
  /** Of which round of the loop `each` it is. */
  readonly round?: number;
  readonly inputs?: Json;
  /** Undefined: it failed. */
  readonly output?: Json;
  readonly tookMs: number;
  readonly tokens?: number;
  readonly costUsd?: number;
}

/** What the extension would show of two runs. */
export function comparingRuns(before: RecordedRun, after: RecordedRun): ShownComparison {
  const { texts, answer, runs } = answerRunComparison(before, after);
  return {
    kind: "compared",
    before: { name: "run 20260101-000000-aaaaa", text: texts.before },
    after: { name: "run 20260101-000100-bbbbb", text: texts.after },
    answer,
    components: [],
    runs,
  };
}

/** A recorded run of a pipeline's text, whose stages went one after the other; null: its record has no text. */
export function recordOf(runId: string, text: string | null, stages: readonly StageOfRun[]): RecordedRun {
  let journal = "";
  let seq = 0;
  let at = 1000;
  const sink = createNdjsonSink({ write: (lines) => (journal += lines), flush: () => Promise.resolve() });
  const beginning = {
    kind: "run-started",
    runId,
    pipeline: { name: "p", path: null, hash: text ?? "" },
    format: 1,
    provider: null,
    input: sink.put({}),
    ...(text === null ? {} : { sources: sink.put({ "": text }) }),
  } as const;
  sink.append({ seq: seq++, at, ...beginning });
  let status: "succeeded" | "failed" = "succeeded";
  for (const { stage, round, inputs = {}, output, tookMs, tokens, costUsd } of stages) {
    const frames: readonly FrameStep[] =
      round === undefined ? [] : [{ kind: "iteration", owner: "each", index: round }];
    const attempt = { address: { frames, stage }, attempt: 1 };
    const began = { attemptKey: "k", componentType: "generator", inputs: sink.put(inputs) };
    sink.append({ seq: seq++, at, kind: "stage-started", ...attempt, ...began });
    at += tookMs;
    const call = { provider: "p", model: "m", outputTokens: 0, durationMs: tookMs };
    const cost = costUsd === undefined ? {} : { costUsd };
    if (tokens !== undefined)
      sink.append({
        seq: seq++,
        at,
        kind: "model-answered",
        ...attempt,
        usage: { ...call, inputTokens: tokens, ...cost },
      });
    if (output !== undefined)
      sink.append({ seq: seq++, at, kind: "stage-succeeded", ...attempt, output: sink.put(output) });
    else {
      status = "failed";
      const failure = { type: "EXECUTION", message: "It broke.", recoverable: false } as const;
      sink.append({ seq: seq++, at, kind: "stage-failed", ...attempt, failure, next: { kind: "propagate" } });
    }
  }
  sink.append({ seq, at, kind: "run-finished", status, output: sink.put(null), failure: null });
  return readJournal(journal);
}
