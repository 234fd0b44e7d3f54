import fc from "fast-check";
import { expect, test } from "vitest";
import { foldRun, type JournalBody } from "#core/journal";
import { metricsText } from "#core/telemetry";
import { readExposition } from "../../support/exposition.ts";

const ref = { ref: "r" };
/** Lone surrogates too. */
const anyUnits = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
const address = { stage: "a", frames: [] };

function run(name: string, models: readonly string[], end: readonly JournalBody[] = []): string {
  const bodies: readonly JournalBody[] = [
    {
      kind: "run-started",
      format: 1,
      runId: "r1",
      pipeline: { name, path: null, hash: "h" },
      input: ref,
      provider: null,
    },
    { kind: "stage-started", address, attempt: 1, attemptKey: "k", componentType: "t", inputs: ref },
    ...models.map((model): JournalBody => {
      const usage = { provider: "p", model, inputTokens: 3, outputTokens: 2, costUsd: 0.1, durationMs: 1 };
      return { kind: "model-answered", address, attempt: 1, usage };
    }),
    ...end,
  ];
  return metricsText(
    foldRun(bodies.map((body, seq) => ({ ...body, seq, at: 1_800_000_000_000 + seq * 500 }))),
    (text) => text,
  );
}

test("whatever pipelines and models are called, the text is of the format and the names come back", () => {
  fc.assert(
    fc.property(anyUnits, anyUnits, (name, model) => {
      const series = readExposition(run(name, [model]));
      const [calls] = series.filter((each) => each.name === "flowmason_run_model_calls");
      expect(calls).toEqual({
        name: "flowmason_run_model_calls",
        labels: { pipeline: name.toWellFormed(), provider: "p", model: model.toWellFormed() },
        value: 1,
      });
    }),
    { numRuns: 50 },
  );
});

test("a hundred models have fifty-one series, and nothing of what they used is lost", () => {
  const series = readExposition(
    run(
      "p",
      Array.from({ length: 100 }, (_, index) => `m${index}`),
    ),
  );
  const calls = series.filter(({ name }) => name === "flowmason_run_model_calls");
  expect(calls).toHaveLength(51);
  expect(calls.reduce((sum, { value }) => sum + value, 0)).toBe(100);
  const tokens = series.filter(
    ({ name, labels }) => name === "flowmason_run_model_tokens" && labels["type"] === "input",
  );
  expect(tokens.reduce((sum, { value }) => sum + value, 0)).toBe(300);
});

test("a run that was cut off counts as failed, and has no end", () => {
  const series = readExposition(run("p", []));
  const status = series.filter(({ name }) => name === "flowmason_run_status");
  expect(status.map(({ labels, value }) => [labels["status"], value])).toEqual([
    ["succeeded", 0],
    ["failed", 1],
    ["cancelled", 0],
  ]);
  expect(series.some(({ name }) => name === "flowmason_run_duration_seconds")).toBe(false);
});
