import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keepPartialRequest } from "#protocol";
import { startOpenAiServer } from "../support/openai-server.ts";
import { startAdapter } from "./support/adapter-process.ts";
import { type LaunchOptions, transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test("DB-08 a step into a stage that asks a model goes through render, call and parse, live and in the record", async () => {
  const { address } = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
  const launch = await workspaceOn(address);
  const session = transcribe(await startAdapter());
  await session.launch("t", { ...launch, more: { ...launch.more, stopOnEntry: true } });
  await session.look();
  // Through all of them to its outcome, and on.
  for (const step of ["stepIn", "next", "stepIn", "next"] as const) {
    await session.step(step);
    await session.look();
  }
  await session.evaluate("inputs.prompt");
  // Out of the first step of the next one.
  await session.step("stepIn");
  await session.where();
  await session.step("stepOut");
  await session.where();
  // Back into what has been, where the same steps are.
  await session.step("stepBack");
  await session.step("stepIn");
  await session.where();
  await session.step("stepIn");
  await session.look();
  await session.step("stepBack");
  await session.where();
  await session.step("stepOut");
  await session.where();
  await session.step("continue");
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("sub-steps"));
});

test("a replayed run has the sub-steps that were recorded", async () => {
  const { address } = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
  const launch = await workspaceOn(address);
  const run = transcribe(await startAdapter());
  await run.launch("t", launch);
  const session = transcribe(await startAdapter());
  await session.launch("latest", { folder: launch.folder, replay: "latest" });
  for (const step of ["stepIn", "stepIn", "next", "next"] as const) {
    await session.step(step);
    await session.look();
  }
  await expect(session.text()).toMatchFileSnapshot(golden("sub-steps-replayed"));
});

test("DB-15 a run stops in the midst of an answer, and what has come is kept as the output, with its word in the record", async () => {
  const ready = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const answer = { kind: "hanging", pieces: ["Once upon", " a time"], gone: gone.resolve } as const;
  const { address, requests } = await startOpenAiServer(answer, ready.promise);
  const launch = await workspaceOn(address);
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("t", { ...launch, more: { ...launch.more, stopOnEntry: true } });
  await client.continueRequest({ threadId: 1 });
  await expect.poll(() => requests.length).toBe(1);
  await expect(client.customRequest(keepPartialRequest.name, { threadId: 1 })).rejects.toThrow(
    /Nothing has come yet/,
  );
  const stopped = client.waitForEvent("stopped");
  await client.pauseRequest({ threadId: 1 });
  ready.resolve();
  await stopped;
  await session.look();
  await session.setFunctionBreakpoints([{ name: "after:tell" }]);
  await session.keepPartial();
  await gone.promise;
  await session.look();
  await session.step("stepBack");
  await session.step("stepBack");
  await session.step("stepIn");
  await session.step("stepIn");
  await session.look();
  const ended = client.waitForEvent("terminated");
  await client.terminateRequest();
  await ended;
  await expect(session.text()).toMatchFileSnapshot(golden("keep-partial"));
});

test("an answer that has come to a halt is cut off without a stop, and a stage that is held in one can be cancelled", async () => {
  const gone = Promise.withResolvers<void>();
  const { address } = await startOpenAiServer({
    kind: "hanging",
    pieces: ["Once upon", " a time"],
    gone: gone.resolve,
  });
  const launch = await workspaceOn(address);
  const client = await startAdapter();
  const session = transcribe(client);
  const begun = session.launch("t", { ...launch, functions: [{ name: "after:tell" }] });
  await session.noted("  stdout|  a time");
  await client.customRequest(keepPartialRequest.name, { threadId: 1 });
  await begun;
  await gone.promise;
  await session.where();
  await session.evaluate("output.content");
  expect(session.text()).toContain('→ "Once upon a time"');
  // Into the call of the next stage, which is then given up.
  await session.step("next");
  await session.step("stepIn");
  await session.terminateThread(1);
  await session.ended();
  expect(session.text()).toMatch(/■ again cancelled.*terminated/s);
});

/** A workspace whose stages ask the model server at `address`. */
async function workspaceOn(address: string): Promise<LaunchOptions & { readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "flowmason-steps-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, ".flowmason"));
  const providers = { default: "local", local: { base_url: address, api_key_env: "MY_KEY", model: "m" } };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "t", providers }));
  const pipeline = {
    name: "t",
    version: "1.0.0",
    stages: [
      { id: "tell", component_type: "generator", config: { prompt: "Tell {{1 + 1}} stories." } },
      {
        id: "again",
        component_type: "generator",
        depends_on: ["tell"],
        config: { prompt: "{{upstream.tell.content}}", system_prompt: "Shout." },
      },
    ],
  };
  await writeFile(join(folder, "t.pipeline.json"), JSON.stringify(pipeline, null, 1));
  return { folder, more: { env: { MY_KEY: "k" }, record: true } };
}
