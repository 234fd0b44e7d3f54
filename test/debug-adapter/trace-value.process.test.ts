import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, test } from "vitest";
import { jumpRequest, type TraceArguments, type TracedValue, traceValueRequest } from "#protocol";
import { startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { recordRunOf, workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

async function traced(client: DebugClient, args: TraceArguments): Promise<TracedValue> {
  const { body } = await client.customRequest(traceValueRequest.name, args);
  return traceValueRequest.body.parse(body);
}

/** A trace as lines: each place, how the value came there, at which attempt of which stage, and what it is. */
function lines({ steps, of }: TracedValue): readonly string[] {
  return [
    ...steps.map(
      ({ place, text, stage, attempt, preview }) =>
        `${place}: ${text} (${stage ?? "the run"}${attempt === null ? "" : `, attempt ${attempt}`}) ${preview}`,
    ),
    ...of.map(({ place }) => `of ${place}`),
  ];
}

async function innermost(client: DebugClient): Promise<DebugProtocol.StackFrame> {
  const { body } = await client.stackTraceRequest({ threadId: 1 });
  const [frame] = body.stackFrames;
  if (frame === undefined) throw new Error("Nothing is stopped.");
  return frame;
}

/** The handle of what is above a row: of a scope, or of a row in it. */
async function rowsOf(client: DebugClient, ...path: readonly string[]): Promise<number> {
  const { body } = await client.scopesRequest({ frameId: (await innermost(client)).id });
  const [scope, ...rest] = path;
  let reference = body.scopes.find(({ name }) => name === scope)?.variablesReference ?? 0;
  for (const name of rest) {
    const rows = await client.variablesRequest({ variablesReference: reference });
    reference = rows.body.variables.find((row) => row.name === name)?.variablesReference ?? 0;
  }
  return reference;
}

test.for(transports)(
  "TT-15 a value of a record is traced to the stage, the attempt and the round that made it, and that is jumped to (%s)",
  async (transport) => {
    const folder = await workspaceWith("orders");
    const replay = await recordRunOf(folder, "orders");
    const client = await startAdapterOver(transport);
    const session = transcribe(client);
    await session.launch("orders", { replay, folder, functions: [{ name: "before:sum" }] });
    await session.step("reverseContinue");
    const data = await rowsOf(client, "Inputs", "data");
    const item = await traced(client, { variablesReference: data, name: "1" });
    expect(lines(item)).toEqual([
      "inputs of sum.data[1]: passed on by {{upstream.each.results}} (sum) null",
      "each.results[1]: passed on as it is (each, attempt 1) 8",
      "each[1]/double: made by json_transform (each[1]/double, attempt 1) 8",
      "of inputs of each[1]/double.data",
    ]);
    const made = item.steps.at(-1);
    expect(made?.written).toMatchObject({
      id: "double",
      path: expect.stringContaining("orders.pipeline.json"),
    });
    const [next] = item.of;
    const further = await traced(client, { token: next?.token ?? "" });
    expect(lines(further)).toEqual([
      "inputs of each[1]/double.data: passed on by {{context.item}} (each[1]/double, attempt 1) 4",
      "item of each[1]: passed on as it is (each) 4",
      "inputs of each.items[1]: passed on by {{upstream.read.result}} (each, attempt 1) 4",
      "read[1]: made by json_transform (read, attempt 1) 4",
    ]);
    const stopped = client.waitForEvent("stopped");
    await client.customRequest(jumpRequest.name, { moment: made?.moment });
    await stopped;
    expect((await innermost(client)).name).toBe("double — done");
  },
);

test("TT-15 at a live stop inputs that are still to be used are traced, variables, what was set by hand, and expressions", async () => {
  const folder = await workspaceWith("by-hand");
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("by-hand", {
    folder,
    functions: [{ name: "after:draft" }, { name: "before:note" }],
    more: { record: false },
  });
  await session.setExpression("output.title", '"By hand"');
  await session.step("continue");
  const { id: frameId } = await innermost(client);
  const follow = async (expression: string): Promise<readonly string[]> =>
    lines(await traced(client, { expression, frameId }));
  const message = await traced(client, {
    variablesReference: await rowsOf(client, "Inputs"),
    name: "message",
  });
  expect(message.steps).toMatchObject([{ cause: "computed", event: null, moment: null, stage: "note" }]);
  expect(message.of.map(({ place }) => place)).toEqual([
    "check.data.title",
    "vars.place.city",
    "draft.scores",
  ]);
  expect((await follow("upstream.check.data.title")).at(-1)).toMatch(/^draft.title: set by hand/);
  expect(await follow("vars.place.city")).toEqual([
    'vars.place.city: passed on as it is (remember) "Berlin"',
    'inputs of remember.value.city: written in the file (remember, attempt 1) "Berlin"',
  ]);
  expect(await follow("upper(input.title)")).toEqual([
    "upper(input.title): computed by upper(input.title) (the run) null",
    "of input.title",
  ]);
  await expect(traced(client, { expression: "upper(", frameId })).rejects.toThrow();
  await expect(traced(client, { token: "{}" })).rejects.toThrow(/none of ours/);
});

test("TT-15 no secret and no whole payload is in a trace, and a row that is no part of the run is refused", async () => {
  const folder = await workspaceWith("orders");
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("orders", {
    folder,
    functions: [{ name: "before:report" }],
    more: { record: false, env: { SERVICE_TOKEN: "hidden-from-all" } },
  });
  const { id: frameId } = await innermost(client);
  const secret = await traced(client, { expression: "env.SERVICE_TOKEN", frameId });
  expect(JSON.stringify(secret)).not.toContain("hidden-from-all");
  expect(secret.steps).toMatchObject([{ cause: "around", preview: null }]);
  const metrics = await rowsOf(client, "Config");
  await expect(traced(client, { variablesReference: metrics, name: "component" })).rejects.toThrow(
    /no part of the run/,
  );
});
