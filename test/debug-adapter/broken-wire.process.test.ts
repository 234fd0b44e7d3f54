import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";
import { adapter, cli } from "./support/adapter-process.ts";
import { requestFrame } from "./support/request-frame.ts";

const children: ChildProcessByStdio<Writable, Readable, Readable>[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const frame = (body: string): string => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Bytes after which nobody can tell where a message begins. */
const broken = [
  ["a text in place of a header", "hello\r\n"],
  ["a message without a header", '{"seq": 1}'],
  ["line breaks that are none of the protocol", "Content-Length: 2\n\n{}"],
  ["a length that is no number", "Content-Length: many\r\n\r\n{}"],
  ["a negative length", "Content-Length: -1\r\n\r\n"],
  ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
  ["no length", "Content-Type: json\r\n\r\n{}"],
  ["a length beyond all messages", "Content-Length: 99999999999\r\n\r\n{"],
  ["a header without end", `Content-Length: 2\r\nX: ${"x".repeat(5000)}`],
] as const;

/** Whole frames without a message in them. */
const refused = [
  "hello",
  "",
  "null",
  "[1]",
  '{"type": "request"}',
  '{"type": "request", "seq": "1", "command": 7}',
];

test.each([
  ["the adapter", [adapter]],
  ["fm dap", [cli, "dap"]],
])("%s goes on after frames without a message, says so, and ends at what cannot be read", async (_, args) => {
  const child = start(args);
  const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
  const frames = refused.map(frame).join("");
  child.stdin.write(`${frames}${requestFrame(1, "initialize")}hello\r\n`);
  expect(await once(child, "exit")).toEqual([2, null]);
  const lines = (await err).trimEnd().split("\n");
  expect(lines).toHaveLength(refused.length + 1);
  for (const line of lines.slice(0, -1))
    expect(line).toMatch(/^The client sent .*\. This message was passed over; the session goes on\.$/);
  expect(lines.at(-1)).toMatch(/^The client does not speak the Debug Adapter Protocol: .*Content-Length: N/);
  expect(await out).toContain('"supportsConfigurationDoneRequest":true');
  expect((await out).split('"event":"output"')).toHaveLength(lines.length + 1);
});

test.each(broken)("a session ends with a message and an exit code after %s", async (_case, bytes) => {
  const child = start([adapter]);
  const err = textOf(child.stderr);
  // Its end stays open: the adapter does not wait for it.
  child.stdin.write(requestFrame(1, "initialize") + bytes);
  expect(await once(child, "exit")).toEqual([2, null]);
  expect(await err).toMatch(/^The client does not speak the Debug Adapter Protocol: .*The session ends\./);
});

test("a client that ends in the middle of a message is told of on standard error", async () => {
  const child = start([adapter]);
  const err = textOf(child.stderr);
  child.stdin.end("Content-Length: 100\r\n\r\n{");
  expect(await once(child, "exit")).toEqual([2, null]);
  expect(await err).toContain("it ended in the middle of a message");
});

test("a run whose client loses its voice is cancelled, and its record is whole", async () => {
  const cwd = await temporaryFolder();
  const config = { command: "echo begun; exec sleep 600", shell: "sh" };
  const stages = [{ id: "wait", component_type: "command", config }];
  await writeFile(join(cwd, "p.pipeline.json"), JSON.stringify({ name: "p", stages }));
  const child = start([adapter]);
  const begun = until(child.stdout, "begun\\n");
  child.stdin.write(
    requestFrame(1, "initialize") +
      requestFrame(2, "launch", { pipeline: join(cwd, "p.pipeline.json") }) +
      requestFrame(3, "configurationDone"),
  );
  await begun;
  child.stdin.write("nonsense\r\n");
  expect(await once(child, "exit")).toEqual([2, null]);
  const listed = await fm(["runs", "--json"], { cwd });
  expect(JSON.parse(listed.stdout)).toMatchObject({ runs: [{ status: "cancelled" }] });
});

test("on a port, a client that cannot be understood loses its own session only", async () => {
  const child = start([cli, "dap", "--port", "0"]);
  let err = "";
  child.stderr.on("data", (chunk) => {
    err += String(chunk);
  });
  await until(child.stderr, "\n");
  const port = Number(/listens on 127\.0\.0\.1:(\d+)\n/.exec(err)?.[1]);
  const bad = client(port);
  const good = client(port);
  const said = textOf(bad);
  bad.write(`${requestFrame(1, "initialize")}${frame("hello")}Content-Length: 99999999999\r\n\r\n`);
  expect(await said).toContain("does not speak the Debug Adapter Protocol");
  const answer = textOf(good);
  good.write(requestFrame(1, "initialize") + requestFrame(2, "disconnect"));
  expect(await answer).toContain('"command":"disconnect"');
  expect(err).toContain("passed over");
  expect(child.exitCode).toBeNull();
});

function client(port: number): Socket {
  return connect(port, "127.0.0.1");
}

function start(args: readonly string[]): ChildProcessByStdio<Writable, Readable, Readable> {
  const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] });
  children.push(child);
  return child;
}

function until(stream: Readable, text: string): Promise<void> {
  let seen = "";
  return new Promise((resolve) => {
    stream.on("data", (chunk) => {
      seen += String(chunk);
      if (seen.includes(text)) resolve();
    });
  });
}

async function textOf(stream: Readable): Promise<string> {
  let text = "";
  for await (const chunk of stream) text += String(chunk);
  return text;
}
