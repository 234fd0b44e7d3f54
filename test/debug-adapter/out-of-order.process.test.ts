import type { DebugClient } from "@vscode/debugadapter-testsupport";
import { expect, test } from "vitest";
import { requiredArguments } from "../../debug-adapter/required-arguments.ts";
import { pipelinePath, startAdapter } from "./support/adapter-process.ts";
import { protocolTypes } from "./support/protocol-types.ts";
import { transcribe } from "./support/transcript.ts";

const source = { path: pipelinePath("review") };

/** Requests as a client may send them at any time, none of which ends the session. */
const requests: Readonly<Record<string, object>> = {
  setBreakpoints: { source, breakpoints: [{ line: 1 }] },
  setFunctionBreakpoints: { breakpoints: [] },
  setExceptionBreakpoints: { filters: [] },
  setDataBreakpoints: { breakpoints: [] },
  dataBreakpointInfo: { name: "x", variablesReference: 7 },
  breakpointLocations: { source, line: 1 },
  exceptionInfo: { threadId: 1 },
  threads: {},
  stackTrace: { threadId: 1 },
  continue: { threadId: 1 },
  next: { threadId: 9 },
  stepIn: { threadId: 9, singleThread: true },
  stepOut: { threadId: 9 },
  pause: { threadId: 9 },
  stepBack: { threadId: 9 },
  reverseContinue: { threadId: 9 },
  gotoTargets: { source, line: 1 },
  goto: { threadId: 1, targetId: 99 },
  scopes: { frameId: 99 },
  variables: { variablesReference: 99 },
  setVariable: { variablesReference: 99, name: "x", value: "1" },
  setExpression: { expression: "x", value: "1", frameId: 99 },
  evaluate: { expression: "x" },
  source: { sourceReference: 99 },
  terminateThreads: { threadIds: [99] },
  attach: {},
  "flowmason/runTo": { path: source.path, stage: "nowhere" },
  "flowmason/skipStage": { threadId: 9 },
  restartFrame: { frameId: 1 },
  "not a request": {},
};

test("DB-23 requests at a time that is none for them are answered, with a reason, and the session goes on", async () => {
  const client = await startAdapter();
  await client.initializeRequest();
  expect(await refusalsOf(client)).toEqual([]);
  const session = transcribe(client);
  await session.launch("review", { more: { stopOnEntry: true } });
  await session.step("continue");
  // The run is over, and its client still there.
  expect(await refusalsOf(client)).toEqual([]);
  await expect(client.threadsRequest()).resolves.toMatchObject({ success: true });
});

test("DB-23 a request without what it needs is refused by the name of that, and is no defect of the adapter", async () => {
  const client = await startAdapter();
  await client.initializeRequest();
  for (const command of Object.keys(requiredArguments))
    await expect(client.customRequest(command, {}), command).rejects.toThrow(
      new RegExp(`^The request ${command} cannot be used: \\w+: `),
    );
  await expect(client.customRequest("setBreakpoints", { source: 1 })).rejects.toThrow(/source: /);
});

test("DB-23 a client that counts lines from 0, or names files by addresses, is told so, and may begin again", async () => {
  const client = await startAdapter();
  const adapterID = "flowmason";
  await expect(client.customRequest("initialize", { adapterID, linesStartAt1: false })).rejects.toThrow(
    /linesStartAt1: /,
  );
  await expect(client.customRequest("initialize", { adapterID, pathFormat: "uri" })).rejects.toThrow(
    /pathFormat: /,
  );
  await client.initializeRequest();
  await transcribe(client).launch("review", { more: { stopOnEntry: true } });
});

test("DB-13 without a frame an expression is evaluated outside all loops and calls, where the run is stopped", async () => {
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("loop", { functions: [{ name: "shout" }] });
  const { body } = await client.evaluateRequest({ expression: "1 + len(input)", context: "repl" });
  expect(body.result).toMatch(/^\d+$/);
  await session.step("stepBack");
  await expect(client.evaluateRequest({ expression: "input", context: "repl" })).resolves.toMatchObject({
    success: true,
  });
  await expect(client.evaluateRequest({ expression: "input", frameId: 999 })).rejects.toThrow(/has gone on/);
});

test("DB-23 what a request needs is what the protocol says that it needs", () => {
  const types = protocolTypes();
  for (const [command, schema] of Object.entries(requiredArguments)) {
    const name = `${command.charAt(0).toUpperCase()}${command.slice(1)}Arguments`;
    const needed = types[name]?.["required"];
    const refused = schema.safeParse({});
    const named = refused.success ? [] : refused.error.issues.map(({ path }) => path[0]);
    expect(new Set<unknown>(named), command).toEqual(new Set<unknown>(Array.isArray(needed) ? needed : []));
  }
});

/** Sends all of them; gives what is told as a defect of the adapter, or does not say what is wrong. */
async function refusalsOf(client: DebugClient): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [command, args] of Object.entries(requests)) {
    await client.customRequest(command, args).catch((error: Error) => {
      if (/^Defect|^$/.test(error.message)) wrong.push(`${command}: ${error.message}`);
    });
  }
  return wrong;
}
