import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import { expect, test } from "vitest";
import { type WireValue, wireValuesRequest } from "#protocol";
import { startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { recordRunOf, workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

/** What flows on the wires, as the frame of that depth sees it. */
async function valuesAt(client: DebugClient, depth = 0): Promise<readonly WireValue[]> {
  const stack = await client.stackTraceRequest({ threadId: 1 });
  const { body } = await client.customRequest(wireValuesRequest.name, {
    frameId: stack.body.stackFrames[depth]?.id,
  });
  return wireValuesRequest.body.parse(body).values;
}

/** A list of two. */
const list = (text: string) => ({ text, brief: "[2]" });

test.for(transports)(
  "DB-21 what flows on the wires is what stages have given that have finished, in the round that is looked at, and follows the cursor back in time (%s)",
  async (transport) => {
    const folder = await workspaceWith("orders");
    const replay = await recordRunOf(folder, "orders");
    const client = await startAdapterOver(transport);
    const session = transcribe(client);
    await session.launch("orders", { replay, folder, functions: [{ name: "after:double" }] });
    // It is opened at its failure, at the end.
    // It has just ended in the frame.
    const double = { stage: "double", expression: "output" };
    const read = {
      stage: "read",
      expression: "upstream.read",
      ...list("(2) [3, 4]"),
      reads: [{ to: "each", path: "result", ...list("(2) [3, 4]") }],
    };
    expect(await valuesAt(client)).toEqual([
      read,
      {
        stage: "each",
        expression: "upstream.each",
        text: expect.stringMatching(/^\{total_items: 2, .*…\}$/),
        brief: "{8 keys}",
        reads: [{ to: "sum", path: "results", ...list("(2) [6, 8]") }],
      },
      {
        stage: "sum",
        expression: "upstream.sum",
        text: "14",
        reads: [{ to: "report", path: "result", text: "14" }],
      },
    ]);
    await session.step("reverseContinue");
    expect(await valuesAt(client)).toEqual([{ ...double, text: "8" }, read]);
    await session.step("reverseContinue");
    expect(await valuesAt(client)).toEqual([{ ...double, text: "6" }, read]);
    // The frames around see what their innermost stage does; the loop, which goes on, has given nothing.
    expect(await valuesAt(client, 2)).toEqual([
      read,
      { ...double, expression: "upstream.double", text: "6" },
    ]);
    await session.step("stepBack");
    expect(await valuesAt(client)).toEqual([read]);
    await session.step("reverseContinue");
    expect(await valuesAt(client)).toEqual([]);
  },
);

test("a value of 50 MB makes no larger message, and no part of a secret is in one", async () => {
  const folder = await workspaceWith();
  const token = `token-${"s".repeat(60)}`;
  const pipeline = {
    name: "large",
    version: "1.0.0",
    stages: [
      {
        id: "large",
        component_type: "logger",
        config: { message: "large", passthrough: "{{input.text}}" },
      },
      {
        id: "tell",
        component_type: "command",
        depends_on: ["large"],
        config: { command: ["printf", "%s", `${"x".repeat(190)}{{ secrets.TOKEN }}`] },
      },
      {
        id: "end",
        component_type: "logger",
        depends_on: ["tell"],
        config: { message: "{{upstream.tell.stdout}}" },
      },
    ],
  };
  await writeFile(join(folder, "large.pipeline.json"), JSON.stringify(pipeline));
  await writeFile(join(folder, "input.json"), JSON.stringify({ text: "x".repeat(50_000_000) }));
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("large", {
    folder,
    functions: [{ name: "before:end" }],
    more: { inputFile: "input.json", env: { TOKEN: token }, record: false },
  });
  const values = await valuesAt(client);
  expect(values.map(({ stage }) => stage)).toEqual(["large", "tell"]);
  const all = values.flatMap(({ text, reads = [] }) => [text, ...reads.map((read) => read.text)]);
  expect(all).toHaveLength(3);
  for (const text of all) expect(text.length).toBeLessThanOrEqual(240);
  expect(JSON.stringify(values)).not.toContain("token-s");
});
