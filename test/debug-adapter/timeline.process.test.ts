import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { jumpRequest, timelineEvent, timelineOverviewRequest, timelineRequest } from "#protocol";
import { startHeldServer } from "../support/loopback-server.ts";
import { startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { recordRunOf, workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

async function timelineOf(client: DebugClient, start = 0, count = 500) {
  const { body } = await client.customRequest(timelineRequest.name, { start, count });
  return timelineRequest.body.parse(body);
}

/** The timeline as text; what is shown is marked. */
async function drawn(client: DebugClient): Promise<string[]> {
  const { state, moments } = await timelineOf(client);
  const lines = moments.map(({ kind, stage, text, breakpoint, recorded }, at) => {
    const marks = `${state.cursor === at ? ">" : " "}${breakpoint ? "*" : " "}${recorded ? "r" : " "}`;
    return `${marks} ${kind} ${stage} ${text}`
      .replaceAll(/\b\d{8}-\d{6}-[0-9a-z]{5}\b/g, "<run>")
      .replace(/ +$/, "");
  });
  return [...lines, `${state.cursor === null ? ">" : " "}   ${state.edge} edge of ${state.total}`];
}

async function jump(client: DebugClient, moment: number): Promise<DebugProtocol.StoppedEvent["body"]> {
  const stopped = client.waitForEvent("stopped");
  await client.customRequest(jumpRequest.name, { moment });
  return ((await stopped) as DebugProtocol.StoppedEvent).body;
}

test.for(transports)(
  "TT-02 DB-20 the timeline of a record has its stages, rounds and breakpoints, and each moment of it is jumped to (%s)",
  async (transport) => {
    const folder = await workspaceWith("orders");
    const replay = await recordRunOf(folder, "orders");
    const client = await startAdapterOver(transport);
    const session = transcribe(client);
    await session.launch("orders", { replay, folder, lines1: [12] });
    const before = await drawn(client);
    const { state, moments } = await timelineOf(client);
    const round = moments.findIndex(({ kind }) => kind === "round");
    expect(round).toBeGreaterThan(0);
    expect(await jump(client, round)).toMatchObject({ reason: "goto" });
    const after = await drawn(client);
    const { body } = await client.customRequest(timelineOverviewRequest.name, { parts: 400 });
    expect(timelineOverviewRequest.body.parse(body).parts).toHaveLength(state.total);
    await jump(client, state.total);
    expect((await timelineOf(client)).state.cursor).toBeNull();
    await expect([...before, "> jump to the first round", ...after].join("\n")).toMatchFileSnapshot(
      golden("timeline"),
    );
  },
);

test("TT-14 a line that a stage has written is jumped to as the stage was when it wrote it", async () => {
  const folder = await workspaceWith("loop");
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("loop", { replay: await recordRunOf(folder, "loop"), folder });
  const { moments } = await timelineOf(client);
  const said = moments.findLastIndex(({ kind }) => kind === "said");
  expect(said).toBeGreaterThan(0);
  const written = moments[said];
  await jump(client, said);
  expect((await timelineOf(client)).state.cursor).toBe(said);
  const { body } = await client.stackTraceRequest({ threadId: 1 });
  expect(written?.stage.endsWith(body.stackFrames[0]?.name ?? "?")).toBe(true);
});

test("TT-02 while a moment is looked at no branch tells of a stop, though each stops by itself", async () => {
  const { url, asked, answer } = await startHeldServer();
  const folder = await workspaceWith("beside-slow");
  const client = await startAdapter();
  const session = transcribe(client);
  const functions = [{ name: "after:quick" }, { name: "end" }];
  await session.launch("beside-slow", { folder, functions, more: { input: { url }, stopBranches: "one" } });
  await asked.promise;
  await jump(client, 0);
  const stops: string[] = [];
  client.on("stopped", ({ body }: DebugProtocol.StoppedEvent) => stops.push(body.reason));
  const fetched = session.noted("  stdout| ✓ fetch");
  answer.resolve();
  await fetched;
  // Asked after what it would have told, if it had.
  await timelineOf(client);
  await timelineOf(client);
  expect(stops).toEqual([]);
  await jump(client, 1000);
  await session.step("continue");
  expect(stops).toEqual(["step", "function breakpoint"]);
});

test("TT-02 a run that is on tells a client that asked how its timeline grows, and is jumped in once it is stopped", async () => {
  const folder = await workspaceWith("review");
  const client = await startAdapter();
  const told: number[] = [];
  client.on(timelineEvent.name, ({ body }: { body: unknown }) => {
    told.push(timelineEvent.body.parse(body).total);
  });
  expect((await timelineOf(client)).state).toMatchObject({ total: 0, cursor: null });
  await expect(client.customRequest(jumpRequest.name, { moment: 0 })).rejects.toThrow(/The run goes on/);
  await expect(client.customRequest(jumpRequest.name, { moment: -1 })).rejects.toThrow(/cannot be used/);
  const session = transcribe(client);
  await session.launch("review", {
    folder,
    more: { stopOnEntry: true, provider: "offline", record: true },
  });
  await session.step("next");
  await jump(client, 0);
  expect((await timelineOf(client)).state).toMatchObject({ cursor: 0, edge: "live", stopped: true });
  await jump(client, 1000);
  expect((await timelineOf(client)).state.cursor).toBeNull();
  await session.step("continue");
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  const later = await startAdapter();
  await transcribe(later).launch("review", { replay: "latest", folder });
  expect(told.at(-1)).toBe((await timelineOf(later)).state.total);
});

test("a client that has asked for no timeline is told which run it was before the session is over, without debugging too", async () => {
  const folder = await workspaceWith("review");
  const client = await startAdapter();
  const told: unknown[] = [];
  client.on(timelineEvent.name, ({ body }: { body: unknown }) =>
    told.push(timelineEvent.body.parse(body).run),
  );
  const before = new Promise<readonly unknown[]>((resolve) => {
    client.on("terminated", () => resolve([...told]));
  });
  await transcribe(client).launch("review", {
    folder,
    more: { noDebug: true, provider: "offline", record: true },
  });
  const [run, ...others] = await before;
  expect(others).toEqual([]);
  expect(run).toMatchObject({ fork: null });
});
