import { expect, test } from "vitest";
import type { JournalBody, JournalEvent } from "#core/journal";
import type { StageAddress } from "#core/ports";
import { createSpanFold, spansOfRun, toOtlp } from "#core/telemetry";
import { faultsOf, spansIn } from "../../support/otlp.ts";

const options = { parent: null, capture: "none" } as const;
const ref = { ref: "r" };
const started: JournalBody = {
  kind: "run-started",
  format: 1,
  runId: "r1",
  pipeline: { name: "p", path: null, hash: "h" },
  input: ref,
  provider: null,
};
const at = (stage: string, ...indexes: number[]): StageAddress => ({
  stage,
  frames: indexes.map((index) => ({ kind: "iteration", owner: "each", index })),
});
const begin = (address: StageAddress, attempt = 1): JournalBody => ({
  ...{ kind: "stage-started", address, attempt, attemptKey: "k", componentType: "t", inputs: ref },
});
const succeed = (address: StageAddress): JournalBody => ({
  ...{ kind: "stage-succeeded", address, attempt: 1, output: ref },
});

test("a process that was killed leaves spans that were cut off, and what goes on has others", () => {
  const events = numbered([
    started,
    begin(at("each")),
    { kind: "iteration-started", address: at("each"), index: 0, item: ref },
    begin(at("body", 0)),
    // Killed here.
    {
      kind: "run-resumed",
      fork: null,
      again: [at("body", 0)],
      reopened: [{ address: at("each"), output: ref }],
      variables: [],
      dropped: [[3, 3]],
    },
    begin(at("body", 0)),
    succeed(at("body", 0)),
    { kind: "iteration-finished", address: at("each"), index: 0, result: ref, ended: { kind: "completed" } },
    succeed(at("each")),
    { kind: "run-finished", status: "succeeded", output: ref, failure: null },
  ]);
  const spans = spansOfRun(events, options);
  expect(faultsOf(sent(spans))).toEqual([]);
  const cut = spans.filter(({ error }) => error !== null).map(({ name }) => name);
  expect(cut).toEqual(["body", "each", "each round", "invoke_workflow p"]);
  expect(spans.slice(4).map(({ name }) => name)).toEqual(["body", "each round", "each", "invoke_workflow p"]);
  // What hears only of the standing events and of what is new makes the same of what is new.
  const live = createSpanFold(options);
  const standing = events.filter(({ seq }) => seq !== 3);
  const heard = standing.map((event) => live.take(event));
  expect(heard.slice(standing.findIndex(({ seq }) => seq === 5)).flat()).toEqual(spans.slice(4));
});

test("attempts of one address that come again have ids of their own", () => {
  const events = numbered([
    started,
    begin(at("a")),
    succeed(at("a")),
    begin(at("a")),
    succeed(at("a")),
    { kind: "run-finished", status: "succeeded", output: ref, failure: null },
  ]);
  expect(faultsOf(sent(spansOfRun(events, options)))).toEqual([]);
});

test("what comes before the beginning or after the end is of no run", () => {
  const late = numbered([
    begin(at("a")),
    started,
    { kind: "run-finished", status: "cancelled", output: null, failure: null },
    begin(at("a")),
  ]);
  expect(spansOfRun(late, options).map(({ name }) => name)).toEqual(["invoke_workflow p"]);
});

function numbered(bodies: readonly JournalBody[]): readonly JournalEvent[] {
  return bodies.map((body, seq) => ({ ...body, seq, at: 1_800_000_000_000 + seq }));
}

function sent(spans: ReturnType<typeof spansOfRun>): ReturnType<typeof spansIn> {
  return spansIn(JSON.stringify(toOtlp(spans, { resource: {}, version: "1" })));
}
