import { expect, test } from "vitest";
import { functionLogMessagesRequest } from "#protocol";
import { pipelinePath, startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { transcribe } from "./support/transcript.ts";

const golden = (name: string): string => `golden/${name}.txt`;

test.each(transports)(
  "DB-03 a function breakpoint stops before, after and on error of a stage, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    await session.launch("trouble", {
      functions: [
        { name: "guard" },
        { name: "after:recover", condition: "output.logged" },
        { name: "error:fetch", hitCondition: ">=2" },
        { name: "error: read" },
        { name: "after:read" },
        { name: "error:check", condition: 'error.type == "EXPRESSION" and error.next == "propagate"' },
      ],
    });
    await session.look();
    await session.evaluate("[error.type, error.attempt, error.next, error.stage]");
    await session.step("continue");
    await session.where();
    await session.evaluate("upstream.fetch");
    await session.step("continue");
    await session.where();
    await session.evaluate("error.message");
    await session.step("continue");
    await session.look();
    await session.evaluate("error.type");
    await session.step("continue");
    await session.where();
    await session.step("next");
    await expect(session.text()).toMatchFileSnapshot(golden("before-after-on-error"));
  },
);

test.each(transports)(
  "DB-03 a component type stops at each stage of it, also in files that are called, over %s",
  async (transport) => {
    const session = transcribe(await startAdapterOver(transport));
    await session.launch("calls", { functions: [{ name: "json-transform" }, { name: "after:logger" }] });
    await session.where();
    await session.step("continue");
    await session.where();
    await session.step("continue");
    await expect(session.text()).toMatchFileSnapshot(golden("component-type"));
  },
);

test("DB-03 a stage of another file is named by its path, and what nobody knows is refused by name", async () => {
  const session = transcribe(await startAdapter());
  await session.launch("calls", {
    functions: [
      { name: "after:shouter.pipeline.json#shout" },
      { name: "shouter.pipeline.json#shuot" },
      { name: "error:nowhere.pipeline.json#shout" },
      { name: "asl" },
      { name: "ask", condition: "input.word ==" },
    ],
  });
  await session.where();
  await session.setFunctionBreakpoints([{ name: "after:end" }, { name: "before:nobody" }]);
  await session.step("continue");
  await session.where();
  await session.step("continue");
  await expect(session.text()).toMatchFileSnapshot(golden("named-stages"));
});

test("DB-03 function breakpoints set before the launch are looked up when the run begins", async () => {
  const client = await startAdapter();
  await client.initializeRequest();
  const { body } = await client.setFunctionBreakpointsRequest({
    breakpoints: [{ name: "after:draft" }, { name: "drift" }],
  });
  expect(body.breakpoints.map(({ verified, reason }) => [verified, reason])).toEqual([
    [false, "pending"],
    [false, "pending"],
  ]);
  const told: unknown[] = [];
  client.on("breakpoint", ({ body: { breakpoint } }) => told.push([breakpoint.id, breakpoint.verified]));
  const stopped = client.waitForEvent("stopped");
  const launched = client.launchRequest({ pipeline: pipelinePath("review"), record: false } as never);
  await client.configurationDoneRequest();
  await launched;
  expect((await stopped).body).toMatchObject({ reason: "function breakpoint", hitBreakpointIds: [1] });
  expect(told).toEqual([
    [1, true],
    [2, false],
  ]);
});

test.each(transports)(
  "DB-03 the places for breakpoints are where stages open, over %s",
  async (transport) => {
    const client = await startAdapterOver(transport);
    await client.initializeRequest();
    const placesIn = async (name: string, line: number, endLine?: number) => {
      const args = {
        source: { path: pipelinePath(name) },
        line,
        ...(endLine === undefined ? {} : { endLine }),
      };
      const { body } = await client.customRequest("breakpointLocations", args);
      return body.breakpoints;
    };
    expect(await placesIn("review", 1, 30)).toEqual([6, 14, 20].map((line) => ({ line, column: 5 })));
    expect(await placesIn("review", 14)).toEqual([{ line: 14, column: 5 }]);
    expect(await placesIn("review", 15)).toEqual([]);
    expect(await placesIn("missing", 1)).toEqual([]);
  },
);

test("function breakpoints write messages that come by a request of ours, and stop again without them", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  const tell = (messages: Record<string, string>): Promise<unknown> =>
    client.customRequest(functionLogMessagesRequest.name, { messages });
  await tell({ "after:box": "box {output.size}", "edge:more->report": "{value" });
  await session.launch("watched", {
    functions: [{ name: "after:box" }, { name: "edge:more->report" }, { name: "count" }, { name: "report" }],
  });
  await session.where();
  await session.step("continue");
  await session.where();
  await tell({});
  await session.step("reverseContinue");
  await session.step("reverseContinue");
  await session.where();
  await expect(client.customRequest(functionLogMessagesRequest.name, { messages: 1 })).rejects.toThrow(
    /messages/,
  );
  await expect(session.text()).toMatchFileSnapshot(golden("function-log-messages"));
});
