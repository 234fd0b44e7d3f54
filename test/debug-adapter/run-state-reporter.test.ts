import { expect, test } from "vitest";
import type { JournalEvent } from "#core/journal";
import type { FrameStep } from "#core/ports";
import type { RunStateBody } from "#protocol";
import type { RunFile } from "../../debug-adapter/run-files.ts";
import { createRunStateReporter } from "../../debug-adapter/run-state-reporter.ts";

const call: FrameStep = { kind: "subpipeline", owner: "ask", pipeline: "child", attempt: 1 };
const place = { line1: 1, column1: 1, endLine1: 1, endColumn1: 1 };
const noDefaults = {
  provider: "offline",
  model: null,
  temperature: null,
  maxTokens: null,
  topP: null,
  stopSequences: [],
};
const file = (path: string): RunFile => ({
  path,
  name: path,
  placeOf: () => ({ path, ...place }),
  edges: () => [],
  wireReads: () => [],
  plan: { defaults: noDefaults, declaredEnv: {} },
  planOf: () => undefined,
  pathsOf: () => [path],
});

function reported(): {
  readonly sent: RunStateBody[];
  readonly reporter: ReturnType<typeof createRunStateReporter>;
} {
  const sent: RunStateBody[] = [];
  const at = (frames: readonly FrameStep[]): RunFile =>
    file(frames.some(({ kind }) => kind === "subpipeline") ? "/child.json" : "/main.json");
  return { sent, reporter: createRunStateReporter({ at }, (body) => sent.push(body)) };
}

function started(stage: string, frames: readonly FrameStep[]): JournalEvent {
  const address = { frames, stage };
  const body = { attempt: 1, attemptKey: "k", componentType: "logger", inputs: { ref: "r" } };
  return { seq: 0, at: 0, kind: "stage-started", address, ...body };
}

test("stages are told of with the file that they are written in, also where ids are the same", () => {
  const { sent, reporter } = reported();
  reporter.record(started("ask", []));
  reporter.record(started("same", [call]));
  reporter.record({
    seq: 1,
    at: 0,
    kind: "stage-skipped",
    address: { frames: [], stage: "same" },
    reason: "why",
    cause: "branch",
  });
  reporter.flush();
  expect(sent).toEqual([
    {
      path: "/main.json",
      stages: [
        { stage: "ask", status: "running" },
        { stage: "same", status: "skipped", note: "why" },
      ],
      stoppedAt: null,
    },
    { path: "/child.json", stages: [{ stage: "same", status: "running" }], stoppedAt: null },
  ]);
});

test("a stop in a called pipeline shows there, and at the stage that calls it; going on clears both", () => {
  const { sent, reporter } = reported();
  reporter.stoppedAt({ frames: [call], stage: "x" });
  expect(sent.splice(0)).toEqual([
    { path: "/main.json", stages: [], stoppedAt: "ask" },
    { path: "/child.json", stages: [], stoppedAt: "x" },
  ]);
  reporter.stoppedAt(null);
  expect(sent).toEqual([
    { path: "/main.json", stages: [], stoppedAt: null },
    { path: "/child.json", stages: [], stoppedAt: null },
  ]);
});

test("only rounds are counted, not the stage that has them", () => {
  const { sent, reporter } = reported();
  const round = (index: number): FrameStep => ({ kind: "iteration", owner: "leg", index });
  reporter.record(started("leg", []));
  reporter.record(started("leg", [round(0)]));
  reporter.record(started("leg", [round(1)]));
  reporter.flush();
  expect(sent[0]?.stages).toEqual([{ stage: "leg", status: "running", note: "×2" }]);
});

test("RV-09 what is said of a stage is short, however long its failure is: the record has all of it", () => {
  const { sent, reporter } = reported();
  const message = "no ".repeat(2_000_000);
  reporter.record({
    seq: 1,
    at: 0,
    kind: "stage-failed",
    address: { frames: [], stage: "ask" },
    attempt: 1,
    failure: { type: "TIMEOUT", message, recoverable: true },
    next: { kind: "propagate" },
  });
  reporter.flush();
  const note = sent[0]?.stages[0]?.note ?? "";
  expect(note).toHaveLength(500);
  expect(note.startsWith("no no ")).toBe(true);
});

test("of the stages that had succeeded before a run went on those are recorded that do not run again or go on", () => {
  const { sent, reporter } = reported();
  for (const stage of ["draft", "review", "each"]) {
    reporter.record({
      seq: 1,
      at: 0,
      kind: "stage-succeeded",
      address: { frames: [], stage },
      attempt: 1,
      output: { ref: "r" },
    });
  }
  reporter.flush();
  reporter.record({
    seq: 2,
    at: 0,
    kind: "run-resumed",
    fork: null,
    again: [{ frames: [], stage: "review" }],
    reopened: [{ address: { frames: [], stage: "each" }, output: null }],
    variables: [],
    dropped: [],
  });
  reporter.flush();
  expect(sent.at(-1)?.stages).toEqual([
    { stage: "draft", status: "recorded" },
    { stage: "review", status: "waiting" },
    { stage: "each", status: "waiting" },
  ]);
});

test("a stage that the record had from the cache, or pinned, is taken over from the record by a run that goes on from it", () => {
  const { sent, reporter } = reported();
  const hit = { kind: "hit", key: "k", group: "g", ingredients: {}, storedBy: "r", storedAt: 0 } as const;
  const pinned = { kind: "pinned", pinnedAt: "2026-11-01T10:00:00.000Z", run: null } as const;
  for (const [stage, outcome] of [
    ["kept", hit],
    ["held", pinned],
  ] as const) {
    const address = { frames: [], stage };
    reporter.record({ seq: 0, at: 0, kind: "stage-cache", address, attempt: 1, outcome });
    reporter.record({ seq: 1, at: 0, kind: "stage-succeeded", address, attempt: 1, output: { ref: "r" } });
  }
  reporter.flush();
  expect(sent.at(-1)?.stages).toEqual([
    { stage: "kept", status: "cached" },
    { stage: "held", status: "cached", note: "pinned" },
  ]);
  const nothing = { again: [], reopened: [], variables: [], dropped: [] };
  reporter.record({ seq: 2, at: 0, kind: "run-resumed", fork: null, ...nothing });
  reporter.flush();
  expect(sent.at(-1)?.stages).toEqual([
    { stage: "kept", status: "recorded" },
    { stage: "held", status: "recorded" },
  ]);
});
