import { expect, test } from "vitest";
import { createModelPort } from "#core/providers";
import { environmentSecrets } from "#host";
import { startOpenAiServer } from "../../support/openai-server.ts";
import { failureOf, runComponent } from "../../support/run-component.ts";
import { testClock } from "../../support/test-clock.ts";

const offline = { provider: "offline", model: null };

test("the answer streams, the call is told, and the output has FlowMason's fields", async () => {
  const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
  const models = createModelPort({
    providers: { local: { base_url: server.address } },
    secrets: environmentSecrets({}),
    clock: testClock(),
  });
  const { events, output } = await runComponent(
    "generator",
    {
      prompt: "Greet me",
      system_prompt: "Be kind.",
      output_format: "one line",
      temperature: 0.1,
      stop_sequences: ["!"],
    },
    { model: { provider: "local", model: "m1", temperature: 0.9, maxTokens: 40 }, ports: { models } },
  );
  expect(events).toEqual([
    {
      kind: "model-called",
      request: expect.objectContaining({ provider: "local", model: "m1", temperature: 0.1, maxTokens: 40 }),
    },
    { kind: "delta", channel: "output", text: "Good " },
    { kind: "delta", channel: "output", text: "day" },
    {
      kind: "model-answered",
      finishReason: "stop",
      usage: expect.objectContaining({ inputTokens: 7, outputTokens: 5 }),
    },
  ]);
  expect(output).toEqual({
    content: "Good day",
    tokens_used: 12,
    finish_reason: "stop",
    model: "test-model-7",
  });
  expect(server.requests[0]?.body).toMatchObject({
    stop: ["!"],
    messages: [
      { role: "system", content: "Be kind.\n\nAnswer in this form: one line" },
      { role: "user", content: "Greet me" },
    ],
  });
});

test("tokens that nobody counted are null", async () => {
  const { output } = await runComponent("generator", { prompt: "A sentence." }, { model: offline });
  expect(output).toMatchObject({ tokens_used: null, model: "offline-extract" });
});

test("a failure of the provider is the stage's", async () => {
  const failure = await failureOf(
    "generator",
    { prompt: "x" },
    { model: { provider: "openai", model: null } },
  );
  expect(failure).toMatchObject({ type: "SECURITY", message: expect.stringContaining("OPENAI_API_KEY") });
});
