import { expect, test } from "vitest";
import { startAdapter } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test("DB-07 branches that run at the same time are threads, each with its stack; one steps and goes on by itself", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("branches", { more: { stopOnEntry: true } });
  await session.threads();
  await session.step("next", { thread: 2, singleThread: true });
  await session.threads();
  await session.step("continue", { thread: 1, singleThread: true });
  await session.threads();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("threads"));
});

test("DB-07 a branch that is ended leaves the others alone, and what waits for it is left out", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("branches", { lines1: [7] });
  await session.threads();
  await session.terminateThread(2);
  await session.threads();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("terminate-thread"));
});

test("DB-07 with stopBranches one a breakpoint stops its branch only; a step back has all stand still", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("branches", { lines1: [6], more: { stopBranches: "one" } });
  await session.threads();
  await session.step("stepBack");
  await session.threads();
  await session.step("next");
  await session.step("next");
  await session.step("next");
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("stop-one-branch"));
});

test("DB-07 rounds that run beside each other are stepped through one after the other, and stepped out of together", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("rounds", { more: { stopOnEntry: true } });
  await session.step("stepIn");
  await session.threads();
  await session.step("next");
  await session.where();
  await session.step("stepOut");
  await session.where();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("rounds-beside-each-other"));
});

test("DB-11 the call stack leads from the pipeline through the call, the round and the stage to its attempt", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("nested", { elsewhere: { "nested-inner": [17] } });
  await session.where();
  await session.step("next");
  await session.where();
  await session.step("stepOut");
  await session.where();
  await session.setBreakpoints("nested-inner", []);
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("call-stack"));
});
