import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, onTestFinished, test } from "vitest";
import { type Behaviour, startModelServer } from "../support/model-server.ts";
import { startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test.each(transports)(
  "DB-06 all failures stop where they come about, with what is known of them, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    await session.launch("trouble", { exceptions: { filters: ["all"] } });
    // In the past they stop as they did.
    for (const next of [
      "continue",
      "continue",
      "continue",
      "reverseContinue",
      "continue",
      "continue",
    ] as const) {
      await session.where();
      await session.exceptionInfo();
      await session.step(next);
    }
    await expect(session.text()).toMatchFileSnapshot(golden("all-failures"));
  },
);

test("DB-06 unhandled failures are those that end the run, each told once", async () => {
  const handled = transcribe(await startAdapter());
  await handled.launch("trouble", { exceptions: { filters: ["unhandled"] } });
  await handled.where();
  await handled.exceptionInfo();
  await handled.step("continue");
  await expect(handled.text()).toMatchFileSnapshot(golden("unhandled-failures"));

  const uncaught = transcribe(await startAdapter());
  await uncaught.launch("uncaught", { exceptions: { filters: ["all", "unhandled"] } });
  await uncaught.where();
  await uncaught.exceptionInfo();
  await uncaught.step("continue");
  await expect(uncaught.text()).toMatchFileSnapshot(golden("uncaught-failure"));
});

test("DB-06 what a loop or a call goes on without is handled", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("tolerant", { exceptions: { filters: ["unhandled"] } });
  expect(session.text()).toMatch(/✗ each\[0\]\/read .*✗ ask>fails\/read .*exited: 0/s);
  expect(session.text()).not.toContain("stopped");
});

test.each(transports)(
  "DB-06 filters by class of error have conditions, and refuse what cannot be read, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    await session.launch("trouble", {
      exceptions: {
        filters: ["VALIDATION", "nonsense"],
        filterOptions: [
          { filterId: "EXPRESSION", condition: 'error.stage == "check"' },
          { filterId: "CONNECTIVITY", condition: "error.attempt > 1" },
          { filterId: "TIMEOUT", condition: "error.attempt >" },
        ],
      },
    });
    await session.where();
    await session.step("continue");
    await session.where();
    await session.evaluate("error");
    await session.step("continue");
    await expect(session.text()).toMatchFileSnapshot(golden("failures-by-class"));
  },
);

test("DB-06 a provider's error tells its body and the retries so far, without any secret", async () => {
  const body = JSON.stringify({ error: { message: "the model fell over, key sk-verysecretkey1 was fine" } });
  const session = await project(
    { kind: "refuse", status: 500, body },
    { ...generator, retry: { max_retries: 1, initial_delay_ms: 1 } },
  );
  await session.start({ filterOptions: [{ filterId: "unhandled" }], filters: [] });
  await session.where();
  await session.exceptionInfo();
  await session.evaluate("error.details.body");
  await session.step("continue");
  expect(session.text()).not.toContain("verysecret");
  await expect(session.text()).toMatchFileSnapshot(golden("provider-failure"));
});

test("DB-06 an answer of a model that is not what was asked for stops, and says what it was", async () => {
  const session = await project({ kind: "text", pieces: ["It is ", "fine."] }, critic);
  await session.start({ filters: ["model-output"] });
  await session.exceptionInfo();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("model-output"));
});

test("DB-06 a run over its budget stops at the stage that was at work", async () => {
  const session = await project({ kind: "text", pieces: ["Good ", "day"] }, generator);
  const condition = 'error.details.cap == "tokens" and error.next == "end"';
  await session.start(
    { filters: [], filterOptions: [{ filterId: "over-budget", condition }] },
    { maxTokens: 10 },
  );
  await session.where();
  await session.exceptionInfo();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("over-budget"));
});

test("DB-06 where nothing has failed there is nothing to tell", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("review", { lines1: [14] });
  await expect(session.exceptionInfo()).rejects.toThrow("Nothing has failed where branch 1 is.");
});

const model = { provider: "local", model: "m" };
const generator = { component_type: "generator", config: { prompt: "one", ...model } };
const critic = { component_type: "critic", config: { content: "one", ...model } };

/** A stage that asks a model, in a workspace of its own; its session is not begun yet. */
async function project(behaviour: Behaviour, stage: object) {
  const server = await startModelServer("openai", [behaviour]);
  const cwd = await mkdtemp(join(tmpdir(), "fm-failures-"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const path = join(cwd, "asks.pipeline.json");
  const pipeline = { name: "asks", version: "1.0.0", stages: [{ id: "ask", ...stage }] };
  await writeFile(path, JSON.stringify(pipeline, null, 1));
  const local = { base_url: server.address, api_key_env: "LOCAL_KEY" };
  await writeFile(join(cwd, "flowmason.json"), JSON.stringify({ name: "t", providers: { local } }));
  const session = transcribe(await startAdapter());
  return {
    ...session,
    start: (exceptions: DebugProtocol.SetExceptionBreakpointsArguments, more: object = {}) =>
      session.launch(path, { exceptions, more: { env: { LOCAL_KEY: "sk-verysecretkey1" }, ...more } }),
  };
}
