import { expect, test } from "vitest";
import { startAdapter } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

test("DB-09 a step into a stage leads to the one of its stages that is named, and to no other", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("choices", { more: { stopOnEntry: true } });
  const targets = async (): Promise<readonly { readonly id: number; readonly label: string }[]> => {
    const { body } = await client.stackTraceRequest({ threadId: 1 });
    const frameId = body.stackFrames[0]?.id ?? 0;
    const answer = await client.customRequest("stepInTargets", { frameId });
    return answer.body.targets;
  };
  const into = async (label: string): Promise<void> => {
    const targetId = (await targets()).find((each) => each.label === label)?.id ?? 0;
    const stopped = client.waitForEvent("stopped");
    await client.stepInRequest({ threadId: 1, targetId });
    await stopped;
    await session.where();
  };
  expect((await targets()).map(({ label }) => label)).toEqual(["true: large", "false: small"]);
  await into("true: large");
  await session.runTo("choices", "guard");
  expect((await targets()).map(({ label }) => label)).toEqual(["try: risky", "catch: recover"]);
  await into("catch: recover");
  expect(await targets()).toEqual([]);
  await expect(client.stepInRequest({ threadId: 1, targetId: 9999 })).rejects.toThrow(/gone on/);
  await session.step("stepBack");
  expect(await targets()).toEqual([]);
  await session.step("continue");
  await session.step("continue");
  const at = session.text().matchAll(/^ {2}at (large|recover) /gm);
  expect(Array.from(at, ([, stage]) => stage)).toEqual(["large", "recover"]);
  expect(session.text()).toContain("exited: 0");
});
