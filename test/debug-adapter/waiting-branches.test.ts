import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { askToGoOn, askToMove } from "./live/ask-to-go-on.ts";
import { stageKey } from "./live/shown-run.ts";
import { comeToRest, shownBranches, type Watched } from "./live/walk.ts";
import { asking, breakAt, launchStages, quick } from "./live/workspace-of.ts";

test("DB-07 when the branch that is looked at is cancelled, the client is told at which of those that wait it stands now", async () => {
  const watched = await launchStages([quick("a"), quick("b"), quick("c")], { stopOnEntry: true });
  const [first, ...others] = await namesOf(watched);
  expect(others.length).toBe(2);
  const before = watched.shown.focus();
  const told = stopsOf(watched);
  await watched.client.get("terminateThreads", { threadIds: [before] });
  await comeToRest(watched);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ reason: "pause", allThreadsStopped: true });
  expect(told[0]?.threadId).not.toBe(before);
  expect(await namesOf(watched)).toEqual(others);
  expect(first).toBe("a");
});

test("DB-07 cancelled where others are under way, the next that comes to wait is told", async () => {
  const watched = await launchStages([asking("slow"), quick("a")], { configure: breakAt("a") });
  await watched.client.get("terminateThreads", { threadIds: [watched.shown.focus()] });
  await comeToRest(watched);
  expect(watched.shown.stop()).toMatchObject({ reason: "pause" });
  expect((await branchOf(watched))?.frames[0]?.name).toBe("slow — done");
});

test("DB-07 where branches stop alone, a client hears that the one it cancelled is gone", async () => {
  const watched = await launchStages([quick("a"), asking("slow")], {
    configure: breakAt("a"),
    stopBranches: "one",
  });
  const gone: number[] = [];
  watched.client.onEvent(({ event, body }) => {
    if (event === "thread") gone.push((body as DebugProtocol.ThreadEvent["body"]).threadId);
  });
  const thread = watched.shown.focus();
  await watched.client.get("terminateThreads", { threadIds: [thread] });
  await comeToRest(watched);
  expect(gone).toEqual([thread]);
});

test("DB-07 the end of what has run others is on a branch that is listed, beside branches that wait", async () => {
  const loop = { items: [1], loop_stages: ["in"] };
  const watched = await launchStages(
    [{ id: "each", component_type: "foreach", config: loop }, quick("in"), asking("slow"), asking("slower")],
    { configure: breakAt("after:each", "after:in") },
  );
  await askToGoOn(watched, "continue", { threadId: watched.shown.focus() });
  await comeToRest(watched);
  expect(watched.shown.stop()).toMatchObject({ reason: "function breakpoint", hitBreakpointIds: [1] });
  expect(await namesOf(watched)).toContain("each");
});

test("DB-07 a branch that stands after its stage is gone with the try that it is a part of", async () => {
  const arms = { try_stages: ["done", "fails"], catch_stages: ["caught"] };
  const fails = { config: { prompt: "it fails", provider: "vscode" } };
  const stages = [
    { id: "attempt", component_type: "trycatch", config: arms },
    asking("done"),
    asking("fails", fails),
    asking("caught"),
  ];
  const watched = await launchStages(stages, {
    configure: breakAt("after:done"),
    stopOnEntry: true,
    stopBranches: "one",
  });
  const { models, shown } = watched;
  await askToGoOn(watched, "continue", { threadId: shown.focus() });
  for (let news = shown.next(); models.open() < 2; news = shown.next()) await news;
  // Of the first one a piece and the end.
  await models.answer(2);
  await models.answer(2);
  for (let news = shown.next(); !shown.isStopped(); news = shown.next()) await news;
  expect((await shownBranches(watched.client)).map(({ frames }) => frames[0]?.name)).toEqual(["done — done"]);
  // The other one fails, and what catches that asks.
  await models.answer(2);
  for (let news = shown.next(); models.asked() < 3; news = shown.next()) await news;
  expect((await shownBranches(watched.client)).map(({ frames }) => frames[0]?.name)).toEqual([]);
});

test("DB-07 a run that is over stops nowhere, though a branch of it stood", async () => {
  const done = { id: "done", component_type: "return", config: { return_value: 1 } };
  const watched = await launchStages([quick("a"), done], { configure: breakAt("after:a") });
  const told = stopsOf(watched);
  const [other] = (await shownBranches(watched.client)).filter(({ name }) => name === "done");
  const alone = { threadId: other?.thread ?? 0, singleThread: true };
  await askToGoOn(watched, "continue", alone);
  for (let news = watched.shown.next(); !watched.shown.isOver(); news = watched.shown.next()) await news;
  expect(told).toEqual([]);
});

test("TT-02 back where it is live, the client looks at a branch that still stands", async () => {
  const watched = await launchStages([quick("a"), quick("b")], {
    configure: breakAt("a", "b"),
    stopBranches: "one",
  });
  for (let news = watched.shown.next(); (await namesOf(watched)).length < 2; news = watched.shown.next())
    await news;
  const { shown } = watched;
  const thread = shown.focus();
  await askToGoOn(watched, "continue", { threadId: thread });
  for (let news = shown.next(); shown.isStopped(thread); news = shown.next()) await news;
  const standing = await namesOf(watched);
  await askToMove(watched, "stepBack", { threadId: shown.focus() });
  await comeToRest(watched);
  await askToMove(watched, "flowmason/jump", { moment: 1000 });
  await comeToRest(watched);
  expect(shown.past()).toBe(null);
  expect([(await branchOf(watched))?.name]).toEqual(standing);
});

test("DB-10 run to a stage whose branch waits before it already stops there at once", async () => {
  const watched = await launchStages([quick("a"), quick("b"), quick("c", { depends_on: ["a", "b"] })], {
    stopOnEntry: true,
  });
  expect(await namesOf(watched)).toEqual(["a", "b"]);
  await watched.client.get("flowmason/runTo", { path: watched.path, stage: "b" });
  await comeToRest(watched);
  expect(watched.shown.stop()).toMatchObject({ reason: "breakpoint" });
  expect(await namesOf(watched)).toContain("b");
  expect((await branchOf(watched))?.name).toBe("b");
});

test("TT-02 who steps back at once from a run that goes on elsewhere is told of what has just ended there", async () => {
  const watched = await launchStages([quick("stop"), asking("a"), asking("b", { depends_on: ["a"] })], {
    configure: breakAt("stop"),
    stopBranches: "one",
  });
  const { client, models, shown, path } = watched;
  while (models.asked() < 2) {
    const news = shown.next();
    if (models.open() > 0) await models.answer(1);
    else await news;
  }
  await client.get("stepBack", { threadId: shown.focus() });
  await client.get("threads");
  expect(shown.past()).not.toBe(null);
  expect(shown.stages.get(stageKey(path, "a"))).toEqual({ stage: "a", status: "succeeded" });
});

test("TT-02 after a stage expressions see its output, live as in the past", async () => {
  const watched = await launchStages([quick("a"), quick("b", { depends_on: ["a"] })], {
    configure: breakAt("after:a", "b"),
  });
  const { client, shown } = watched;
  const seen: string[] = [];
  const evaluate = async (): Promise<void> => {
    const frameId = (await branchOf(watched))?.frames[0]?.id;
    const { result } = await client.get<DebugProtocol.EvaluateResponse["body"]>("evaluate", {
      expression: "upstream.a",
      frameId,
    });
    seen.push(result);
  };
  await evaluate();
  await askToGoOn(watched, "continue", { threadId: shown.focus() });
  await comeToRest(watched);
  await askToMove(watched, "reverseContinue", { threadId: shown.focus() });
  await comeToRest(watched);
  expect((await branchOf(watched))?.frames[0]?.name).toBe("a — done");
  await evaluate();
  expect(seen).toEqual(['"a"', '"a"']);
});

/** Every stop that the client is told of from now on. */
function stopsOf({ client }: Watched): readonly DebugProtocol.StoppedEvent["body"][] {
  const stops: DebugProtocol.StoppedEvent["body"][] = [];
  client.onEvent(({ event, body }) => {
    if (event === "stopped") stops.push(body as DebugProtocol.StoppedEvent["body"]);
  });
  return stops;
}

async function namesOf({ client }: Watched): Promise<readonly string[]> {
  return (await shownBranches(client)).map(({ name }) => name);
}

async function branchOf({ client, shown }: Watched) {
  return (await shownBranches(client)).find(({ thread }) => thread === shown.focus());
}
