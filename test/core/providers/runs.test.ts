import { expect, test } from "vitest";
import { foldRun } from "#core/journal";
import { startModelServer } from "../../support/model-server.ts";
import { askingPipeline, runAsking } from "./support.ts";

const hello = { kind: "text", pieces: ["Hel", "lo"] } as const;

test("a run waits as long as the server asks, though its own back-off is shorter, and goes on", async () => {
  const refusal = { kind: "refuse", status: 429, body: "{}", headers: { "retry-after": "1" } } as const;
  const server = await startModelServer("openai", [refusal, hello]);
  const retry_config = { max_retries: 1, initial_delay_ms: 1, max_delay_ms: 2 };
  const { result, journal } = await runAsking(askingPipeline(1, { retry_config }), {
    local: { base_url: server.address },
  });
  expect(result).toMatchObject({ status: "succeeded", output: { content: "Hello" } });
  const failed = journal.events.find((event) => event.kind === "stage-failed");
  expect(failed).toMatchObject({
    next: { kind: "retry", delayMs: 1000 },
    failure: { retryAfterMs: 1000 },
  });
  const started = journal.events.filter(({ kind }) => kind === "stage-started");
  expect((started[1]?.at ?? 0) - (failed?.at ?? 0)).toBeGreaterThanOrEqual(990);
});

test("a server cannot have a run wait for hours", async () => {
  const refusal = { kind: "refuse", status: 503, body: "{}", headers: { "retry-after": "86400" } } as const;
  const server = await startModelServer("openai", [refusal]);
  const pipeline = askingPipeline(1, { retry: 1 }, { timeout: "1s" });
  const { journal } = await runAsking(pipeline, { local: { base_url: server.address } });
  expect(journal.events.find(({ kind }) => kind === "stage-failed")).toMatchObject({
    next: { kind: "retry", delayMs: 300_000 },
  });
});

test("what came before a failure stays in the journal, of each attempt", async () => {
  const server = await startModelServer("anthropic", [
    { kind: "break", pieces: ["The first ", "half"] },
    { kind: "break", pieces: ["The second"] },
  ]);
  const retry_config = { max_retries: 1, initial_delay_ms: 1 };
  const { result, journal } = await runAsking(askingPipeline(1, { retry_config }), {
    local: { base_url: server.address, protocol: "anthropic", api_key_env: "KEY" },
  });
  expect(result).toMatchObject({ status: "failed", failure: { type: "CONNECTIVITY" } });
  const texts = journal.events.flatMap((event) =>
    event.kind === "stage-delta" ? [{ attempt: event.attempt, text: event.text }] : [],
  );
  expect(texts.filter(({ text }) => text !== "")).toEqual([
    { attempt: 1, text: "The first " },
    { attempt: 1, text: "half" },
    { attempt: 2, text: "The second" },
  ]);
  expect(JSON.stringify(journal.events)).not.toContain("sesame");
});

test("two hundred stages ask at the same time, and each gets its own answer and usage", async () => {
  const server = await startModelServer("openai", [hello]);
  const pipeline = askingPipeline(200, {}, { concurrency: { max_parallel: 200 } });
  const { result, journal } = await runAsking(pipeline, { local: { base_url: server.address } });
  expect(result.status).toBe("succeeded");
  const asked = server.calls.map(({ body }) => JSON.stringify(body["messages"]));
  expect(new Set(asked).size).toBe(200);
  const stages = [...foldRun(journal.events).stages.values()];
  expect(
    stages.filter(({ status, usage }) => status === "succeeded" && usage[0]?.outputTokens === 5),
  ).toHaveLength(200);
  // All had begun before the first had ended.
  const kinds = journal.events.map(({ kind }) => kind);
  const firstEnd = kinds.indexOf("stage-succeeded");
  expect(kinds.slice(0, firstEnd).filter((kind) => kind === "stage-started")).toHaveLength(200);
});
