import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, onTestFinished, test } from "vitest";
import { startOpenAiServer } from "../support/openai-server.ts";
import { startAdapter } from "./support/adapter-process.ts";

test("a model's text is in the console while it streams, and terminate closes the connection", async () => {
  const gone = Promise.withResolvers<void>();
  const server = await startOpenAiServer({
    kind: "hanging",
    pieces: ["Once upon", " a time"],
    gone: gone.resolve,
  });
  const client = await startAdapter();
  const streamed = untilOutput(client, "Once upon a time");
  await launch(client, await pipelineOn(server.address));
  await streamed;
  const terminated = client.waitForEvent("terminated");
  await client.terminateRequest();
  await gone.promise;
  await terminated;
});

test("pause while a model answers stops in the midst of it, and a step out of that after the stage, with its output to see", async () => {
  const answer = Promise.withResolvers<void>();
  const pieces = ["Good ", "day"];
  const server = await startOpenAiServer({ kind: "text", pieces, usage: "told" }, answer.promise);
  const client = await startAdapter();
  const stopped = client.waitForEvent("stopped");
  await launch(client, await pipelineOn(server.address), { stopOnEntry: true });
  await stopped;
  const paused = client.waitForEvent("stopped");
  await client.continueRequest({ threadId: 1 });
  await client.pauseRequest({ threadId: 1 });
  answer.resolve();
  await paused;
  const after = client.waitForEvent("stopped");
  await client.stepOutRequest({ threadId: 1 });
  await after;
  const { body } = await client.stackTraceRequest({ threadId: 1 });
  const frameId = body.stackFrames[0]?.id ?? 0;
  const { body: scopes } = await client.scopesRequest({ frameId });
  const output = scopes.scopes.find(({ name }) => name === "Output");
  const { body: rows } = await client.variablesRequest({
    variablesReference: output?.variablesReference ?? 0,
  });
  const content = rows.variables.find(({ name }) => name === "content");
  expect(content).toMatchObject({ value: '"Good day"', evaluateName: "output.content" });
  const metrics = scopes.scopes.find(({ name }) => name === "Metrics");
  const { body: numbers } = await client.variablesRequest({
    variablesReference: metrics?.variablesReference ?? 0,
  });
  // The server is no one's whose prices are known.
  const shown = numbers.variables.filter(({ name }) => name !== "durationMs");
  expect(shown.map(({ name, value }) => `${name} ${value}`)).toEqual([
    "attempts 1",
    'model "local/test-model-7"',
    "calls 1",
    "inputTokens 7",
    "cachedTokens 0",
    "outputTokens 5",
    "costUsd null",
    "callsOfUnknownCost 1",
  ]);
  const { body: value } = await client.evaluateRequest({ frameId, expression: "output.content" });
  expect(value.result).toBe('"Good day"');
});

test("a key that is missing is told once, with its variable, for the client to offer it", async () => {
  const client = await startAdapter();
  const told: unknown[] = [];
  client.on("flowmason/keyMissing", (event: DebugProtocol.Event) => told.push(event.body));
  const terminated = client.waitForEvent("terminated");
  await launch(client, await pipelineOn("http://127.0.0.1:1/v1"), { env: {} });
  await terminated;
  expect(told).toEqual([{ variable: "MY_KEY", stage: "tell" }]);
});

async function launch(client: DebugClient, pipeline: string, more: object = {}): Promise<void> {
  await client.initializeRequest();
  const launched = client.launchRequest({
    pipeline,
    env: { MY_KEY: "k" },
    ...more,
  } as DebugProtocol.LaunchRequestArguments);
  await client.configurationDoneRequest();
  await launched;
}

/** Resolves once the console's text has `text` in it, pieces joined. */
function untilOutput(client: DebugClient, text: string): Promise<void> {
  let all = "";
  return new Promise((resolve) => {
    client.on("output", (event: DebugProtocol.OutputEvent) => {
      all += event.body.output;
      if (all.includes(text)) resolve();
    });
  });
}

/** A workspace whose one stage asks the model server at `address`. */
async function pipelineOn(address: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flowmason-dap-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const providers = { default: "local", local: { base_url: address, api_key_env: "MY_KEY", model: "m" } };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "t", providers }));
  const path = join(folder, "t.pipeline.json");
  const stages = [{ id: "tell", component_type: "generator", config: { prompt: "Tell a story." } }];
  await writeFile(path, JSON.stringify({ name: "t", version: "1.0.0", stages }));
  return path;
}
