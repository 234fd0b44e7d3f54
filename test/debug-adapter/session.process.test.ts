import { expect, test } from "vitest";
import { capabilities } from "../../debug-adapter/capabilities.ts";
import { pipelinePath, startAdapter } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test("a breakpoint stops before its stage; step over and continue go on to the end", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("review", { lines1: [14] });
  await session.look();
  await session.evaluate("upstream.draft.scores[0] + 1");
  await session.evaluate("{{input.title}}");
  await session.evaluate("upstream.draft.scroes");
  await session.step("next");
  await session.look();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("breakpoint-step-continue"));
});

test("stop on entry, then steps to the end", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("review", { more: { stopOnEntry: true } });
  for (let step = 0; step < 3; step++) {
    await session.look();
    await session.step("next");
  }
  await expect(session.text()).toMatchFileSnapshot(golden("stop-on-entry"));
});

test("in a loop the call stack says which item", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("loop", { lines1: [12] });
  await session.look();
  await session.evaluate("context.item");
  await session.step("continue");
  await session.look();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("loop"));
});

test("over goes past a loop, into enters an item, out leaves it", async () => {
  const over = transcribe(await startAdapter());
  await over.launch("loop", { more: { stopOnEntry: true } });
  await over.step("next");
  await expect(over.text()).toMatchFileSnapshot(golden("step-over-loop"));

  const into = transcribe(await startAdapter());
  await into.launch("loop", { more: { stopOnEntry: true } });
  await into.step("stepIn");
  await into.look();
  await into.step("next");
  await into.look();
  await into.step("stepOut");
  await into.look();
  await into.step("continue");
  await expect(into.text()).toMatchFileSnapshot(golden("step-into-loop"));
});

test("into enters a called pipeline, whose frames are in its own file, and out comes back", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("calls", { more: { stopOnEntry: true } });
  await session.step("stepIn");
  await session.look();
  await session.evaluate("input.text");
  await session.step("stepOut");
  await session.look();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("step-into-call"));
});

test("a breakpoint in the file of a called pipeline stops there, and not at a stage of the same id", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("calls", { elsewhere: { shouter: [6] } });
  await session.look();
  await session.step("next");
  await expect(session.text()).toMatchFileSnapshot(golden("breakpoint-in-called-file"));
});

test("an inherited stage stops at a breakpoint in its parent's file and is shown there, an overridden one at its override", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("greeting", { lines1: [6], elsewhere: { "greeting-base": [6] } });
  await session.look();
  await session.step("continue");
  await session.look();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("inherited-stages"));
});

test("a breakpoint where no stage is says so and does not stop", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("review", { lines1: [1] });
  await expect(session.text()).toMatchFileSnapshot(golden("no-stage-on-line"));
});

test("a failing stage is shown with its cause and ends the session with exit code 1", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("fails");
  await expect(session.text()).toMatchFileSnapshot(golden("fails"));
});

test("a file that cannot run is refused before anything runs, saying why", async () => {
  const client = await startAdapter();
  await client.initializeRequest();
  const refused = client.launchRequest({ pipeline: pipelinePath("missing") } as never);
  await expect(refused).rejects.toThrow(/Cannot read .*missing\.pipeline\.json.*Check the path/s);
});

test("a launch that was refused can be tried again in the same session", async () => {
  const client = await startAdapter();
  await client.initializeRequest();
  await expect(client.launchRequest({ pipeline: pipelinePath("missing") } as never)).rejects.toThrow();
  const terminated = client.waitForEvent("terminated");
  const launched = client.launchRequest({ pipeline: pipelinePath("review"), record: false } as never);
  await client.configurationDoneRequest();
  await launched;
  await terminated;
  await expect(
    client.launchRequest({ pipeline: pipelinePath("review"), record: false } as never),
  ).rejects.toThrow(/already/);
});

test("a launch configuration with a wrong field is refused by that field's name", async () => {
  const client = await startAdapter();
  await client.initializeRequest();
  const refused = client.launchRequest({ pipeline: pipelinePath("review"), stopOnEntry: "yes" } as never);
  await expect(refused).rejects.toThrow(/stopOnEntry/);
});

test("without debugging, breakpoints do not stop", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("review", { lines1: [14], more: { noDebug: true } });
  await expect(session.text()).toMatchFileSnapshot(golden("no-debug"));
});

test("the given input replaces the sample input", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("review", { lines1: [14], more: { input: { title: "given", scores: [] } } });
  await session.look();
  expect(session.text()).toContain('title = "GIVEN"');
});

test("terminate cancels the run and ends the session", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("review", { more: { stopOnEntry: true } });
  const terminated = client.waitForEvent("terminated");
  await client.terminateRequest();
  await terminated;
  expect(session.text()).toContain("exited: 1");
});

test("a hover shows a value as its row does, and the clipboard gets the whole value", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  const title = "x".repeat(2000);
  await session.launch("review", { lines1: [14], more: { input: { title, scores: [3] } } });
  const { body } = await client.stackTraceRequest({ threadId: 1 });
  const frameId = body.stackFrames[0]?.id ?? 0;
  const see = async (context: "hover" | "clipboard"): Promise<string> =>
    (await client.evaluateRequest({ expression: "input.title", frameId, context })).body.result;
  expect(await see("hover")).toBe(`"${"x".repeat(1000)}"… (2000 characters)`);
  expect(await see("clipboard")).toBe(title);
});

test("DB-23 what is announced is the list of capabilities that tests hold to", async () => {
  const client = await startAdapter();
  const { body } = await client.initializeRequest();
  expect(body).toEqual(capabilities);
});
