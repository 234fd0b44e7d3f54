import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import { expect, test } from "vitest";
import { type ReadValue, type ReadValueArguments, readValueRequest } from "#protocol";
import { startAdapter, startAdapterOver, transports } from "./support/adapter-process.ts";
import { recordRunOf, workspaceWith } from "./support/recorded-run.ts";
import { transcribe } from "./support/transcript.ts";

/** Asks, and holds the answer to its shape. */
async function read(client: DebugClient, args: ReadValueArguments): Promise<ReadValue> {
  const { body } = await client.customRequest(readValueRequest.name, args);
  return readValueRequest.body.parse(body);
}

async function frameOf(client: DebugClient): Promise<number> {
  const { body } = await client.stackTraceRequest({ threadId: 1 });
  return body.stackFrames[0]?.id ?? 0;
}

/** A session of a pipeline with this input, stopped before its last stage. */
async function stoppedWith(client: DebugClient, input: unknown, token = "not-looked-at") {
  const folder = await workspaceWith();
  const pipeline = {
    name: "values",
    version: "1.0.0",
    stages: [
      {
        id: "tell",
        component_type: "command",
        config: { command: ["printf", "%s", `${"x".repeat(50)}{{ secrets.TOKEN }}`] },
      },
      { id: "end", component_type: "logger", depends_on: ["tell"], config: { message: "end" } },
    ],
  };
  await writeFile(join(folder, "values.pipeline.json"), JSON.stringify(pipeline));
  await writeFile(join(folder, "input.json"), JSON.stringify(input));
  const session = transcribe(client);
  await session.launch("values", {
    folder,
    functions: [{ name: "before:end" }, { name: "after:end" }],
    more: { inputFile: "input.json", record: false, env: { TOKEN: token } },
  });
  return session;
}

const input = {
  people: [{ name: "Ada", age: 36 }, { name: "Ben", tags: ["a", "b"] }, { name: "Cem" }],
  mixed: { list: [1, 2, 3], deep: { key: "value" } },
  note: "# Title\n\n- one\n- two",
  lines: "one\ntwo",
  answer: '{"score": 0.8}',
  picture:
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  count: 3,
};

test.for(transports)(
  "DB-16 a value is read by parts, as what suits it or as what is asked for, and stays what it was when the run goes on (%s)",
  async (transport) => {
    const client = await startAdapterOver(transport);
    const session = await stoppedWith(client, input);
    const frameId = await frameOf(client);
    const lines: string[] = [];
    const ask = async (args: ReadValueArguments): Promise<ReadValue> => {
      const shown: Record<string, unknown> = { ...args };
      delete shown["frameId"];
      const answer = await read(client, args);
      lines.push(`→ ${JSON.stringify(shown)}`, JSON.stringify(answer, null, 2));
      return answer;
    };
    const people = await ask({ expression: "input.people", frameId });
    await ask({ value: people.value, as: "table", start: 1, count: 1 });
    await ask({ value: people.value, as: "json", path: [1], count: 1 });
    await ask({ value: people.value, as: "text", start: 2, count: 20 });
    for (const expression of [
      "input.mixed",
      "input.note",
      "input.lines",
      "input.answer",
      "input.picture",
      "input.count",
    ])
      await ask({ expression, frameId });
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("golden/read-value.txt");

    // A row of the Variables view is another way to it.
    const scopes = await client.scopesRequest({ frameId });
    const upstream = scopes.body.scopes.find(({ name }) => name === "Upstream")?.variablesReference ?? 0;
    const row = await read(client, { variablesReference: upstream, name: "tell" });
    expect(row).toMatchObject({ name: "tell", expression: "upstream.tell", kinds: ["json", "text"] });

    await session.step("continue");
    const later = await read(client, { value: people.value, as: "table", start: 2 });
    expect(later.page).toMatchObject({ rows: [["Cem", null, null]] });
    await expect(read(client, { expression: "input.people", frameId })).rejects.toThrow(/gone on/);
  },
);

test("what cannot be read is refused in words, and the session goes on", async () => {
  const client = await startAdapter();
  await stoppedWith(client, input);
  const frameId = await frameOf(client);
  const refused = (args: object, words: RegExp) =>
    expect(client.customRequest(readValueRequest.name, args)).rejects.toThrow(words);
  const { value } = await read(client, { expression: "input.count", frameId });
  await refused({ value, as: "image" }, /cannot be looked at as image, but as text/);
  await refused({ value: value + 100 }, /not kept any more\. Open it again/);
  await refused({ value, start: -1 }, /cannot be used/);
  await refused({ value, count: 5_000_000 }, /cannot be used/);
  await refused({}, /cannot be used/);
  await refused({ expression: "input.people[", frameId }, /./);
  // Viewers that nobody looks at are not kept for ever.
  for (let opened = 0; opened < 20; opened += 1) await read(client, { expression: "input.count", frameId });
  await refused({ value }, /not kept any more/);
});

test("50 MB and 100,000 items come by small parts", async () => {
  const client = await startAdapter();
  const items = Array.from({ length: 100_000 }, (_, index) => ({ id: index, name: `item ${index}` }));
  await stoppedWith(client, { text: "x".repeat(50_000_000), items });
  const frameId = await frameOf(client);
  const text = await read(client, { expression: "input.text", frameId });
  expect(text.page).toMatchObject({ as: "text", start: 0, total: 50_000_000 });
  const end = await read(client, { value: text.value, start: 49_999_990 });
  expect(end.page).toMatchObject({ text: "x".repeat(10) });
  const list = await read(client, { expression: "input.items", frameId });
  expect(list.page).toMatchObject({ as: "table", total: 100_000 });
  const rows = await read(client, { value: list.value, as: "json", start: 99_999 });
  expect(rows.page).toMatchObject({ total: 100_000, rows: [{ key: 99_999 }] });
  for (const answer of [text, list, rows]) expect(JSON.stringify(answer).length).toBeLessThan(150_000);
});

test("of a secret that a part would cut there is nothing in what the run was started with", async () => {
  const token = `token-${"s".repeat(60)}`;
  const client = await startAdapter();
  // Nobody knew of it as a secret when the run began: a stage has asked for it since.
  await stoppedWith(client, { text: `${"x".repeat(50)}${token}` }, token);
  const frameId = await frameOf(client);
  const told = await read(client, { expression: "input.text", frameId, count: 60 });
  expect(told.page).toMatchObject({ text: expect.stringMatching(/^x{50}/) });
  expect(JSON.stringify(told)).not.toContain("token-");
});

test("a value of the past of a recorded run is read as it was then", async () => {
  const folder = await workspaceWith("orders");
  const replay = await recordRunOf(folder, "orders");
  const client = await startAdapter();
  const session = transcribe(client);
  await session.launch("orders", { replay, folder, functions: [{ name: "after:double" }] });
  await session.step("reverseContinue");
  const now = await read(client, { expression: "output", frameId: await frameOf(client) });
  await session.step("reverseContinue");
  const before = await read(client, { expression: "output", frameId: await frameOf(client) });
  expect([now.page, before.page]).toMatchObject([{ text: "8" }, { text: "6" }]);
});
