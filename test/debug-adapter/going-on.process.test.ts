import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { runToRequest, skipStageRequest } from "#protocol";
import { startHeldServer } from "../support/loopback-server.ts";
import { pipelinePath, startAdapter } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test("a run goes to a stage that is named, in a called file too, once", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("loop", { more: { stopOnEntry: true } });
  await session.runTo("loop", "shout");
  await session.where();
  await session.runTo("loop", "count");
  await session.where();
  await session.step("continue");
  const called = transcribe(await startAdapter());
  await called.launch("calls", { more: { stopOnEntry: true } });
  await called.runTo("shouter", "shout");
  await called.where();
  await called.step("continue");
  await expect(`${session.text()}\n${called.text()}`).toMatchFileSnapshot(golden("run-to-stage"));
});

test("a stage that is left out by hand is recorded as skipped, and so is what names it", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("branches", { lines1: [8] });
  await session.skipStage();
  await session.threads();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("skip-stage"));
});

test("what cannot be gone to or left out is refused, and the session goes on", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("branches", { functions: [{ name: "after:left" }] });
  const path = pipelinePath("branches");
  await expect(client.customRequest(runToRequest.name, { path, stage: "lefft" })).rejects.toThrow(
    /no stage "lefft"/,
  );
  await expect(client.customRequest(runToRequest.name, { stage: "left" })).rejects.toThrow(/path/);
  await expect(client.customRequest(skipStageRequest.name, { threadId: 1 })).rejects.toThrow(
    /not stopped before a stage/,
  );
  await session.step("stepBack");
  await expect(client.customRequest(skipStageRequest.name, { threadId: 1 })).rejects.toThrow(/in the past/);
  await session.step("next");
  await session.step("continue");
  expect(session.text()).toContain("exited: 0");
});

test("DB-10 where branches stop by themselves a run to a stage has all of them go on, and a step leaves what is shown of others", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  const functions = [{ name: "left" }, { name: "right" }];
  const both = stops(client, 2);
  await session.launch("branches", { functions, more: { stopBranches: "one" } });
  await both;
  const { body } = await client.stackTraceRequest({ threadId: 2 });
  await session.step("next", { thread: 1 });
  await expect(client.scopesRequest({ frameId: body.stackFrames[0]?.id ?? 0 })).resolves.toMatchObject({
    success: true,
  });
  await session.runTo("branches", "join");
  await session.where();
  expect(session.text()).toContain("at join");
});

test("DB-10 requests of ours by which a run goes on tell the client that it does, before the next stop", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  const told: string[] = [];
  client.on("stopped", () => told.push("stopped"));
  client.on("continued", ({ body }: DebugProtocol.ContinuedEvent) =>
    told.push(`continued ${body.threadId} ${body.allThreadsContinued}`),
  );
  await session.launch("loop", { more: { stopOnEntry: true } });
  await session.runTo("loop", "count");
  await session.setFunctionBreakpoints([{ name: "after:count" }]);
  await session.step("continue");
  await session.retryStage();
  await session.skipStage();
  expect(told).toEqual([
    "stopped",
    "continued 1 true",
    "stopped",
    "stopped",
    "continued 1 false",
    "stopped",
    "continued 1 true",
  ]);
});

test("a stage that is run to is forgotten with the next stop, whatever that is for", async () => {
  const { url, asked, answer } = await startHeldServer();
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("slow", { more: { input: { url }, stopOnEntry: true } });
  await client.customRequest(runToRequest.name, { path: pipelinePath("slow"), stage: "end" });
  await asked.promise;
  const paused = stops(client, 1);
  await client.pauseRequest({ threadId: 1 });
  answer.resolve();
  await paused;
  await session.step("continue");
  expect(session.text()).toContain("stopped: pause");
  expect(session.text()).toContain("exited: 0");
});

/** Resolves at the stop of that number from now on. */
function stops(client: DebugClient, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    client.on("stopped", () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
}
