import { expect, test } from "vitest";
import { runToRequest, skipStageRequest } from "#protocol";
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
