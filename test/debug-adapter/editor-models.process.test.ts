import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugClient } from "@vscode/debugadapter-testsupport";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { expect, onTestFinished, test } from "vitest";
import { type JournalEvent, readJournal } from "#core/journal";
import { type ModelRequestBody, modelCancelledEvent, modelRequestEvent } from "#protocol";
import { adapter, startAdapter } from "./support/adapter-process.ts";
import { requestFrame } from "./support/request-frame.ts";

const tell = (more: object = {}, id = "tell"): object => ({
  id,
  component_type: "generator",
  config: { prompt: "Tell a story.", provider: "vscode", ...more },
});
const usage = { inputTokens: 3, outputTokens: 4, source: "counted" };
const done = { pieces: 2, model: "acme/small", usage, notices: ["no system role"] };

test("a stage is answered piece by piece, and its record has the answer, what it used and what was not possible", async () => {
  const { client, folder, asked, terminated } = await start([
    tell({ model: "small", system_prompt: "Be brief.", temperature: 0.2 }),
  ]);
  const [request] = await asked.until(1);
  expect(request).toMatchObject({
    version: 1,
    id: "m1",
    model: "small",
    messages: [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Tell a story." },
    ],
    temperature: 0.2,
  });
  await piece(client, 0, "Once upon");
  await piece(client, 1, " a time");
  await client.customRequest("flowmason/modelDone", { id: "m1", ...done });
  await terminated;
  const journal = await journalOf(folder);
  expect(journal.filter((event) => event.kind === "stage-delta").map(({ text }) => text)).toEqual([
    "Once upon",
    " a time",
  ]);
  expect(journal.find((event) => event.kind === "model-answered")).toMatchObject({
    usage: { provider: "vscode", model: "acme/small", inputTokens: 3, outputTokens: 4, tokensCounted: true },
  });
  expect(journal.find((event) => event.kind === "stage-log")).toMatchObject({
    level: "warning",
    message: "vscode: no system role",
  });
  expect(journal.at(-1)).toMatchObject({ kind: "run-finished", status: "succeeded" });
});

test("two stages ask at the same time, and each gets its own answer", async () => {
  const both = {
    id: "both",
    component_type: "json_transform",
    config: { template: "{{ a.content }}{{ b.content }}" },
  };
  const { client, asked, output, terminated } = await start([
    tell({}, "a"),
    tell({ prompt: "B?" }, "b"),
    both,
  ]);
  const requests = await asked.until(2);
  const first = requests.find(({ messages }) => messages.some(({ content }) => content === "B?"));
  for (const { id } of requests.toReversed()) {
    const text = id === first?.id ? "two" : "one";
    await client.customRequest("flowmason/modelDelta", { id, index: 0, text });
    await client.customRequest("flowmason/modelDone", { id, ...done, pieces: 1 });
  }
  await terminated;
  expect(output()).toContain('Output: "onetwo"');
});

test("what fits no open call is refused and harms nothing; the session goes on", async () => {
  const { client, asked, output, terminated } = await start([tell(), tell({}, "next")]);
  await asked.until(2);
  const refused = (command: string, args: object): Promise<string> =>
    client.customRequest(command, args).then(
      () => "taken",
      (error: Error) => error.message,
    );
  expect(await refused("flowmason/modelDelta", { id: "m9", index: 0, text: "x" })).toBe(
    'There is no call "m9".',
  );
  expect(await refused("flowmason/modelDelta", { id: "__proto__", index: 0, text: "x" })).toContain(
    "no call",
  );
  expect(await refused("flowmason/modelDelta", { index: 0, text: "x" })).toContain(
    "flowmason/modelDelta, id:",
  );
  expect(await refused("flowmason/modelDone", { id: "m1" })).toContain("flowmason/modelDone, pieces:");
  expect(await refused("flowmason/modelFailed", { id: "m1", fault: { kind: "odd" } })).toContain(
    "fault.kind",
  );
  await piece(client, 0, "Once upon");
  await piece(client, 1, " a time");
  await client.customRequest("flowmason/modelDone", { id: "m1", ...done });
  const ended = "The call m1 has ended: it is answered, or was cancelled.";
  expect(await refused("flowmason/modelDone", { id: "m1", ...done })).toBe(ended);
  expect(await refused("flowmason/modelDelta", { id: "m1", index: 2, text: "!" })).toBe(ended);
  expect(await refused("flowmason/modelFailed", { id: "m1", fault: { kind: "no-models" } })).toBe(ended);
  await client.customRequest("flowmason/modelDelta", { id: "m2", index: 0, text: "Yes." });
  await client.customRequest("flowmason/modelDone", { id: "m2", ...done, pieces: 1 });
  await terminated;
  expect(output()).toContain("Once upon a time");
});

test.each([
  [
    "a piece is missing",
    "flowmason/modelDelta",
    { index: 1, text: "x" },
    "piece 1 of the answer came where piece 0 was due",
  ],
  ["fewer came than there were", "flowmason/modelDone", done, "the answer has 2 pieces, and 0 came"],
])("an answer of which %s is none", async (_title, command, args, reason) => {
  const { client, asked, cancelled, output, terminated } = await start([tell()]);
  await asked.until(1);
  await expect(client.customRequest(command, { id: "m1", ...args })).rejects.toThrow(reason);
  await terminated;
  expect(output()).toContain(`The run failed at tell: VS Code gave no answer, or not all of it: ${reason}.`);
  expect(await cancelled.until(1)).toEqual([{ id: "m1" }]);
});

test.each([
  [{ kind: "no-models" }, "VALIDATION", "VS Code offers no language model. Install an extension"],
  [
    { kind: "unknown-model", available: ["acme/small", "acme/large"] },
    "VALIDATION",
    'no model "huge". It offers acme/small, acme/large.',
  ],
  [
    { kind: "not-allowed", model: "acme/small", reason: "denied" },
    "SECURITY",
    "does not let FlowMason use acme/small: denied. Run again and choose Allow",
  ],
  [
    { kind: "blocked", model: "acme/small", reason: "quota." },
    "EXECUTION",
    "acme/small does not answer FlowMason: quota. A quota",
  ],
  [
    { kind: "gone", model: "acme/small", reason: "" },
    "VALIDATION",
    "acme/small is not there any more. Run again",
  ],
  [
    { kind: "other", model: "acme/small", reason: "fire" },
    "EXECUTION",
    "acme/small gave no answer, or not all of it: fire.",
  ],
])("%j fails the stage, with what to do", async (fault, type, message) => {
  const { client, folder, asked, terminated } = await start([tell({ model: "huge" })]);
  await asked.until(1);
  await client.customRequest("flowmason/modelFailed", { id: "m1", fault });
  await terminated;
  const failed = (await journalOf(folder)).find((event) => event.kind === "stage-failed");
  expect(failed).toMatchObject({ failure: { type, message: expect.stringContaining(message) } });
});

test("an answer without end is cut short, and fails its stage", async () => {
  const { client, asked, cancelled, output, terminated } = await start([tell()]);
  await asked.until(1);
  await piece(client, 0, "word");
  const rest = " word".repeat(1024 * 1024);
  await expect(piece(client, 1, rest)).rejects.toThrow("the answer has more than 4194304 characters");
  expect(await cancelled.until(1)).toEqual([{ id: "m1" }]);
  await terminated;
  expect(output()).toContain("The run failed at tell");
});

test("terminate cancels the call, and what comes late is refused", async () => {
  const { client, folder, asked, cancelled, terminated } = await start([tell()]);
  await asked.until(1);
  await piece(client, 0, "Once");
  await client.terminateRequest();
  expect(await cancelled.until(1)).toEqual([{ id: "m1" }]);
  await terminated;
  await expect(piece(client, 1, " upon")).rejects.toThrow("The call m1 has ended");
  const journal = await journalOf(folder);
  expect(journal.find((event) => event.kind === "stage-delta")).toMatchObject({ text: "Once" });
  expect(journal.at(-1)).toMatchObject({ kind: "run-finished", status: "cancelled" });
});

test("a stage's timeout cancels the call", async () => {
  const { asked, cancelled, output, terminated } = await start([{ ...tell(), timeout_ms: 300 }]);
  await asked.until(1);
  expect(await cancelled.until(1)).toEqual([{ id: "m1" }]);
  await terminated;
  expect(output()).toContain("The run failed at tell");
});

test("a client that is gone without a word ends its calls and the run", async () => {
  const folder = await workspaceOf([tell()]);
  const child = spawn(process.execPath, [adapter], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const args = { pipeline: join(folder, "t.pipeline.json"), modelRequests: 1 };
  child.stdin.write(requestFrame(1, "initialize") + requestFrame(2, "launch", args));
  child.stdin.write(requestFrame(3, "configurationDone"));
  let told = "";
  for await (const bytes of child.stdout) {
    told += String(bytes);
    if (told.includes("flowmason/modelRequest")) break;
  }
  child.stdin.end();
  expect(await exited).toEqual([0, null]);
  expect((await journalOf(folder)).at(-1)).toMatchObject({ kind: "run-finished", status: "cancelled" });
});

test("a client that does not say that it answers is refused before anything runs", async () => {
  const first = { id: "first", component_type: "logger", config: { message: "ran" } };
  const folder = await workspaceOf([first, tell({ depends_on: ["first"] })]);
  for (const modelRequests of [undefined, 2]) {
    const client = await startAdapter();
    const launched = launch(client, folder, modelRequests === undefined ? {} : { modelRequests });
    await expect(launched).rejects.toThrow(
      /Stage "tell" cannot ask its model\. .*does not say that it answers/,
    );
  }
  expect(await readdir(folder)).not.toContain(".flowmason");
});

test("what an expression names fails when it is asked, where nobody answers", async () => {
  const folder = await workspaceOf([tell({ provider: "{{ input.p }}" })]);
  const client = await startAdapter();
  const output = outputOf(client);
  const terminated = client.waitForEvent("terminated");
  await launch(client, folder, { input: { p: "vscode" } });
  await terminated;
  expect(output()).toContain(
    'The run failed at tell: Provider "vscode" stands for the models that VS Code itself offers',
  );
});

test("no secret goes to a model of VS Code's, and none that it answers is told", async () => {
  const secret = "s3cr3t-value-of-mine";
  const env = { TOKEN: secret };
  const stages = [tell({ prompt: "Use {{ secrets.TOKEN }}." }), tell({}, "next")].map((stage) => ({
    ...stage,
  }));
  const { client, folder, asked, output, terminated } = await start(
    stages.map((stage, index) => (index === 0 ? { ...stage, on_error: "continue" } : stage)),
    { env },
    { secrets: ["TOKEN"] },
  );
  const [request] = await asked.until(1);
  expect(request?.messages).toEqual([{ role: "user", content: "Tell a story." }]);
  await piece(client, 0, "It is s3cr3t-va");
  await piece(client, 1, "lue-of-mine.");
  await client.customRequest("flowmason/modelDone", { id: "m1", ...done });
  await terminated;
  const text = await journalText(folder);
  expect(text).not.toContain(secret);
  expect(text).toContain("The prompt has the value of a secret in it.");
  expect(output()).not.toContain(secret);
});

interface Started {
  readonly client: DebugClient;
  readonly folder: string;
  readonly asked: Told<ModelRequestBody>;
  readonly cancelled: Told<{ readonly id: string }>;
  readonly output: () => string;
  readonly terminated: Promise<void>;
}

/** A run whose client answers for VS Code's models. */
async function start(stages: readonly object[], args: object = {}, pipeline: object = {}): Promise<Started> {
  const folder = await workspaceOf(stages, pipeline);
  const client = await startAdapter();
  const started = {
    client,
    folder,
    asked: toldOf(client, modelRequestEvent.name, (body) => modelRequestEvent.body.parse(body)),
    cancelled: toldOf(client, modelCancelledEvent.name, (body) => modelCancelledEvent.body.parse(body)),
    output: outputOf(client),
    // Without the time limit of `waitForEvent`: the test has one.
    terminated: new Promise<void>((resolve) => client.once("terminated", () => resolve())),
  };
  await launch(client, folder, { modelRequests: 1, ...args });
  return started;
}

interface Told<Body> {
  until(count: number): Promise<readonly Body[]>;
}

function toldOf<Body>(client: DebugClient, event: string, read: (body: unknown) => Body): Told<Body> {
  const bodies: Body[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  client.on(event, ({ body }: DebugProtocol.Event) => {
    bodies.push(read(body));
    for (const { count, resolve } of waiting) if (bodies.length >= count) resolve();
  });
  return {
    until: async (count) => {
      if (bodies.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      return bodies;
    },
  };
}

function outputOf(client: DebugClient): () => string {
  let all = "";
  client.on("output", (event: DebugProtocol.OutputEvent) => {
    all += event.body.output;
  });
  return () => all;
}

function piece(client: DebugClient, index: number, text: string): Promise<unknown> {
  return client.customRequest("flowmason/modelDelta", { id: "m1", index, text });
}

async function launch(client: DebugClient, folder: string, args: object): Promise<void> {
  await client.initializeRequest();
  const pipeline = join(folder, "t.pipeline.json");
  const launched = client.launchRequest({ pipeline, ...args } as DebugProtocol.LaunchRequestArguments);
  await Promise.all([launched, client.configurationDoneRequest()]);
}

async function workspaceOf(stages: readonly object[], more: object = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flowmason-dap-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "flowmason.json"), "{}");
  const text = JSON.stringify({ name: "t", version: "1.0.0", ...more, stages });
  await writeFile(join(folder, "t.pipeline.json"), text);
  return folder;
}

async function journalText(folder: string): Promise<string> {
  const runs = join(folder, ".flowmason", "runs");
  const [run = ""] = await readdir(runs);
  const names = await readdir(join(runs, run));
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith("json") || name.endsWith("ndjson"))
      .map((name) => readFile(join(runs, run, name), "utf8")),
  );
  return texts.join("\n");
}

async function journalOf(folder: string): Promise<readonly JournalEvent[]> {
  const runs = join(folder, ".flowmason", "runs");
  const [run = ""] = await readdir(runs);
  return readJournal(await readFile(join(runs, run, "journal.ndjson"), "utf8")).events;
}
