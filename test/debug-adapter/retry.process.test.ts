import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { retryStageRequest } from "#protocol";
import { pipelinePath, startAdapter } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test("a stage is tried again where it failed, with other inputs, and its frame restarts where it succeeded", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fm-retry-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, ".flowmason"));
  await writeFile(join(folder, "mended.pipeline.json"), await readFile(pipelinePath("mended"), "utf8"));
  const session = transcribe(await startAdapter());
  await session.launch("mended", {
    folder,
    exceptions: { filters: ["all"] },
    functions: [{ name: "after:shout" }],
    more: { record: true },
  });
  await session.where();
  await session.retryStage();
  await session.where();
  await session.setVariable("Inputs/data", '[{"name": "Ada"}]');
  await session.step("continue");
  await session.where();
  await session.restartFrame();
  await session.where();
  await session.step("continue");
  await session.look();
  await session.step("stepBack");
  await session.look();
  await session.step("continue");
  await session.step("continue");
  const replayed = transcribe(await startAdapter());
  await replayed.launch("latest", { folder, replay: "latest", functions: [{ name: "shout" }] });
  for (let stop = 0; stop < 3; stop++) {
    await replayed.where();
    await replayed.step("continue");
  }
  await expect(`${session.text()}\n${replayed.text()}`).toMatchFileSnapshot(golden("retry-stage"));
});

test("where a stage cannot be tried again it is said why, and what to do", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("mended", {
    functions: [{ name: "shout" }, { name: "after:inner" }, { name: "after:each" }],
    more: { input: { list: [{ name: "Ada" }] } },
  });
  const retry = (): Promise<unknown> => client.customRequest(retryStageRequest.name, { threadId: 1 });
  const restart = async (frame: number): Promise<unknown> => {
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    return await client.customRequest("restartFrame", { frameId: body.stackFrames[frame]?.id ?? 0 });
  };
  await expect(retry()).rejects.toThrow(/has not run yet/);
  await session.step("continue");
  await expect(restart(1)).rejects.toThrow(/"each\[0\]" is no single stage: fork/);
  await session.step("stepBack");
  await expect(restart(0)).rejects.toThrow(/the past, and a record is never rewritten\. Fork/);
  await session.step("continue");
  await session.step("continue");
  await expect(retry()).rejects.toThrow(/"each" has run other stages: fork/);
  await expect(client.customRequest("restartFrame", { frameId: 9999 })).rejects.toThrow(/gone on/);
  await session.step("continue");
  expect(session.text()).toContain("exited: 0");
});
