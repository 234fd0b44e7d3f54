import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { readJournal } from "#core/journal";
import { adapter } from "../debug-adapter/support/adapter-process.ts";
import { requestFrame } from "../debug-adapter/support/request-frame.ts";
import { readExposition } from "../support/exposition.ts";
import { fm, temporaryFolder } from "../support/fm.ts";
import { bodyOf, startServer } from "../support/loopback-server.ts";
import { spansIn } from "../support/otlp.ts";
import { startOtlpReceiver } from "../support/otlp-receiver.ts";
import { writeLeakyProject } from "./leaky-project.ts";
import { leaksOf, planted } from "./planted-secrets.ts";

const { S8: _inFile, ...env } = planted;

/** Names and ways of the secrets that bytes hold. */
function leaksIn(bytes: Uint8Array, where: string): readonly string[] {
  const buffer = Buffer.from(bytes);
  return Object.entries(planted).flatMap(([name, value]) =>
    leaksOf(value).flatMap((leak, way) =>
      buffer.includes(leak) ? [`${where}: ${name}, way ${way}: ${leak}`] : [],
    ),
  );
}

function leaksUnder(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(1);
  return files.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return leaksIn(readFileSync(path), path);
  });
}

/** What was streamed of each stage, in one piece: a leak may be cut into events. */
function leaksInStreams(journal: string): readonly string[] {
  const streams = new Map<string, string>();
  for (const event of readJournal(journal).events) {
    if (event.kind === "stage-delta")
      streams.set(event.address.stage, (streams.get(event.address.stage) ?? "") + event.text);
  }
  expect([...streams.keys()]).toEqual(expect.arrayContaining(["print", "model"]));
  return Array.from(streams, ([stage, text]) => leaksIn(Buffer.from(text), `stream of ${stage}`)).flat();
}

/** Gives back all of a request: its address, headers and body, in JSON. */
async function startEcho(): Promise<{ readonly address: string; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const address = await startServer(async (request, response) => {
    const body = await bodyOf(request);
    bodies.push(body);
    response.writeHead(200, {
      "content-type": "application/json",
      "x-echo": String(request.headers["x-key"]),
    });
    response.end(JSON.stringify({ url: request.url, headers: request.headers, body }));
  });
  return { address, bodies };
}

/** A model that says its key and its prompt again, a few characters at a time. */
async function startParrot(): Promise<{ readonly address: string; readonly keys: (string | undefined)[] }> {
  const keys: (string | undefined)[] = [];
  const address = await startServer(async (request, response) => {
    keys.push(request.headers.authorization);
    const { messages } = JSON.parse(await bodyOf(request)) as { messages: { content: string }[] };
    const prompt = messages.map(({ content }) => content).join("\n");
    const answer = `${request.headers.authorization} ${prompt} ${JSON.stringify(prompt)} ${Buffer.from(prompt).toString("base64")}`;
    response.writeHead(200, { "content-type": "text/event-stream" });
    const send = (delta: object, finish_reason: string | null): void =>
      void response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
    const units = Array.from(answer);
    for (let at = 0, size = 1; at < units.length; at += size, size = (size % 3) + 1)
      send({ content: units.slice(at, at + size).join("") }, null);
    send({}, "stop");
    response.end("data: [DONE]\n\n");
  });
  return { address: `${address}/v1`, keys };
}

/** What models were asked and answered, as texts. */
function messagesIn(traces: readonly string[]): string {
  const texts = traces.flatMap(spansIn).flatMap(({ attributes }) => {
    const { "gen_ai.input.messages": input, "gen_ai.output.messages": output } = attributes;
    return [input, output].flatMap((json) => (typeof json === "string" ? JSON.parse(json) : []));
  });
  return texts
    .flatMap(({ parts }) => parts.map((part: { readonly content: string }) => part.content))
    .join("");
}

async function leakyProject(): Promise<{ readonly cwd: string; planted(): void }> {
  const cwd = await temporaryFolder();
  const [echo, parrot] = await Promise.all([startEcho(), startParrot()]);
  writeLeakyProject(cwd, { echo: echo.address, models: parrot.address });
  return {
    cwd,
    // Otherwise nothing would have been shown.
    planted: () => {
      expect(echo.bodies.some((body) => body.includes(JSON.stringify(planted["S4"]).slice(1, -1)))).toBe(
        true,
      );
      expect(parrot.keys).toContain(`Bearer ${planted["S9"]}`);
    },
  };
}

test("ten secrets, told in every way by a run that fails, goes on and is exported, are in no byte of it", async () => {
  const project = await leakyProject();
  const { cwd } = project;
  const printed: string[] = [];
  const receiver = await startOtlpReceiver();
  // All that can be told is told; what the environment says of the service, and headers, are told by the pipeline too.
  const observed = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "true",
    OTEL_SERVICE_NAME: planted["S0"] ?? "",
    OTEL_RESOURCE_ATTRIBUTES: `team=${encodeURIComponent(planted["S3"] ?? "")}`,
  };
  const fmIn = async (
    ...args: readonly string[]
  ): Promise<{ readonly code: number | null; readonly stdout: string }> => {
    const { code, stdout, stderr } = await fm(args, { cwd, env: { ...env, ...observed } });
    printed.push(
      ...leaksIn(Buffer.from(stdout), `stdout of ${args[0]}`),
      ...leaksIn(Buffer.from(stderr), `stderr of ${args[0]}`),
    );
    return { code, stdout };
  };
  const failed = await fmIn(
    "run",
    "leaky.pipeline.json",
    "--input-file",
    "input.json",
    "--json",
    "-v",
    "--metrics",
    "fm.prom",
  );
  expect({ code: failed.code, stage: JSON.parse(failed.stdout).failure.stage }).toEqual({
    code: 1,
    stage: "last",
  });
  project.planted();
  const metrics = readFileSync(join(cwd, "fm.prom"));
  expect(readExposition(metrics.toString()).length).toBeGreaterThan(10);
  writeFileSync(join(cwd, "ok"), "");
  const { code, stdout } = await fmIn("resume", "latest", "--repeat-effects", "--json", "-v");
  expect(code).toBe(0);
  const { value } = JSON.parse(stdout).output;
  // What stood for the values came to the stage as the values, out of the record.
  const { S9: _key, ...declared } = planted;
  const whole = Object.values(declared).join("");
  expect(value).toContain(createHash("sha256").update(whole).digest("hex"));
  for (const name of Object.keys(declared)) expect(value).toContain(`⟦secret:${name}:`);

  await fmIn("run", "leaky.pipeline.json", "--input-file", "input.json", "-v");
  for (const args of [
    ["runs"],
    ["show", "latest", "--json"],
    ["show", "latest"],
    ["logs", "latest"],
    ["cache", "explain", "latest", "quiet", "--json"],
    ["export", "latest", "-o", "out.fmrun"],
    ["export", "latest", "--format", "otlp", "-o", "-"],
  ])
    await fmIn(...args);
  // What tells none of them is kept, and only that.
  const { stages } = JSON.parse((await fmIn("cache", "explain", "latest", "quiet", "--json")).stdout);
  expect(stages).toMatchObject([{ outcome: "hit" }]);
  const logged = (await fmIn("logs", "latest")).stdout;
  for (const stage of ["print", "write", "model", "own"])
    expect(logged).toContain(`${stage}: The cache keeps nothing of it`);
  const kept = readdirSync(join(cwd, ".flowmason", "cache"), { recursive: true, withFileTypes: true });
  expect(kept.filter((entry) => entry.isFile()).map(({ name }) => name)).toHaveLength(2);
  const exported = readFileSync(join(cwd, "out.fmrun"));
  const unpacked = gunzipSync(exported);
  expect(unpacked.includes("⟦secret:S4:")).toBe(true);
  const traces = receiver.received.map(({ body }) => body);
  // It was told, and what stands for the values came in their places.
  expect(traces.map((body) => spansIn(body).length > 0)).not.toContain(false);
  const told = traces.join("");
  for (const name of Object.keys(declared)) expect(told).toContain(`⟦secret:${name}:`);
  expect(told).toContain("gen_ai.output.messages");
  expect([
    ...printed,
    ...leaksIn(metrics, "metrics"),
    ...leaksIn(Buffer.from(told), "traces"),
    ...leaksIn(Buffer.from(messagesIn(traces)), "messages of models, in one piece"),
    ...leaksUnder(join(cwd, ".flowmason")),
    ...leaksIn(exported, "export"),
    ...leaksIn(unpacked, "export, unpacked"),
    ...leaksInStreams(unpacked.toString()),
  ]).toEqual([]);
});

test("a debugger is told none of them: variables, watches, output, errors, byte by byte", async () => {
  const project = await leakyProject();
  const { cwd } = project;
  const receiver = await startOtlpReceiver();
  const observed = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "true",
  };
  const child = spawn(process.execPath, [adapter], {
    env: { PATH: process.env["PATH"] ?? "", ...env, ...observed },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const traffic: Buffer[] = [];
  const dap = talkTo(child, (bytes) => traffic.push(bytes));
  const input = JSON.parse(readFileSync(join(cwd, "input.json"), "utf8"));
  await dap.request("initialize");
  const launched = dap.request("launch", { pipeline: join(cwd, "leaky.pipeline.json"), input });
  const lines = readFileSync(join(cwd, "leaky.pipeline.json"), "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes('"id": "last"'));
  await dap.request("setBreakpoints", {
    source: { path: join(cwd, "leaky.pipeline.json") },
    breakpoints: [
      { line },
      { line, logMessage: "{input} {upstream}" },
      { line, condition: "input.token.nothing" },
    ],
  });
  const stopped = dap.event("stopped");
  await dap.request("configurationDone");
  await launched;
  const { threadId } = await stopped;
  const { stackFrames } = await dap.request("stackTrace", { threadId });
  const frameId = stackFrames[0]?.id;
  const open = async (reference: number): Promise<void> => {
    const { variables } = await dap.request("variables", { variablesReference: reference });
    for (const each of variables) if (each.variablesReference > 0) await open(each.variablesReference);
  };
  const { scopes } = await dap.request("scopes", { frameId });
  for (const scope of scopes) await open(scope.variablesReference);
  for (const expression of [
    "input",
    "upstream",
    "upstream.own.all",
    "input.token + 'x'",
    "input.token.nothing",
    "vars",
  ])
    await dap.request("evaluate", { expression, frameId, context: "watch" });
  const ended = dap.event("terminated");
  await dap.request("continue", { threadId });
  await ended;
  project.planted();
  const bytes = Buffer.concat(traffic);
  const traces = receiver.received.map(({ body }) => body).join("");
  expect(traces).toContain("⟦secret:S4:");
  const streamed = Buffer.from(dap.outputs.map(({ output }) => output).join(""));
  for (const name of Object.keys(planted)) expect(bytes.includes(`⟦secret:${name}:`), name).toBe(true);
  expect([
    ...leaksIn(bytes, "DAP"),
    ...leaksIn(Buffer.from(traces), "traces"),
    ...leaksIn(streamed, "output"),
    ...leaksUnder(join(cwd, ".flowmason")),
  ]).toEqual([]);
});

/** What this test reads of the bodies of messages; each has some of it. */
interface Told {
  readonly threadId: number;
  readonly stackFrames: readonly { readonly id: number }[];
  readonly scopes: readonly { readonly variablesReference: number }[];
  readonly variables: readonly { readonly variablesReference: number }[];
  readonly output: string;
}

/** A message of the protocol. */
interface Message {
  readonly type: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly body: Told;
}

interface Dap {
  request(command: string, args?: object): Promise<Told>;
  event(name: string): Promise<Told>;
  /** Bodies of all output events so far. */
  readonly outputs: readonly Told[];
}

/** Speaks the protocol and hands on each byte of it as it comes, of standard error too. */
function talkTo(child: ReturnType<typeof spawn>, onBytes: (bytes: Buffer) => void): Dap {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error("no pipes");
  let seq = 0;
  let held = Buffer.alloc(0);
  const outputs: Told[] = [];
  const waiting = new Map<string, (body: Told) => void>();
  const wait = (key: string): Promise<Told> => new Promise((resolve) => waiting.set(key, resolve));
  stderr.on("data", onBytes);
  stdout.on("data", (bytes: Buffer) => {
    onBytes(bytes);
    held = Buffer.concat([held, bytes]);
    for (;;) {
      const head = held.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(held.toString("latin1", 0, head))?.[1]);
      if (head < 0 || held.length < head + 4 + length) return;
      const message: Message = JSON.parse(held.toString("utf8", head + 4, head + 4 + length));
      held = held.subarray(head + 4 + length);
      const key = message.event ?? String(message.request_seq);
      if (key === "output") outputs.push(message.body);
      waiting.get(key)?.(message.body);
      waiting.delete(key);
    }
  });
  return {
    request: (command, args = {}) => {
      seq += 1;
      stdin.write(requestFrame(seq, command, args));
      return wait(String(seq));
    },
    event: wait,
    outputs,
  };
}
