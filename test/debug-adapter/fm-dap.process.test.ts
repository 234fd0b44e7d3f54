import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { portOf } from "./support/adapter-process.ts";
import { requestFrame } from "./support/request-frame.ts";
import { transcribe } from "./support/transcript.ts";

const fm = fileURLToPath(new URL("../../dist/node/cli.mjs", import.meta.url));
let server: ChildProcess | undefined;
afterEach(() => server?.kill("SIGKILL"));

test("fm dap --port serves a DAP client on loopback, and ends on Ctrl+C with a client still there", async () => {
  server = spawn(process.execPath, [fm, "dap", "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  const exited = once(server, "exit");
  const port = await portOf(server);
  const client = new DebugClient("node", "", "flowmason");
  await client.start(port);
  const session = transcribe(client);
  await session.launch("review", { more: { stopOnEntry: true } });
  expect(session.text()).toContain("stopped: entry");
  server.kill("SIGINT");
  expect(await exited).toEqual([0, null]);
});

test("fm dap serves a DAP client on standard input and output, and ends with it", async () => {
  const child = spawn(process.execPath, [fm, "dap"], { stdio: ["pipe", "pipe", "inherit"] });
  server = child;
  const exited = once(child, "exit");
  child.stdin.write(requestFrame(1, "initialize"));
  child.stdin.write(requestFrame(2, "disconnect"));
  let said = "";
  for await (const chunk of child.stdout) said += String(chunk);
  expect(said).toContain('"supportsConfigurationDoneRequest":true');
  expect(await exited).toEqual([0, null]);
});

test("a client of one's own does as the docs say, in the folder of the project, and comes to its breakpoint", async () => {
  const folder = await mkdtemp(join(tmpdir(), "fm-dap-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, "pipelines"));
  const greet = { id: "greet", component_type: "logger", config: { message: "Hello" } };
  await writeFile(join(folder, "flowmason.json"), JSON.stringify({ name: "own", version: "1.0.0" }));
  await writeFile(
    join(folder, "pipelines", "hello.pipeline.json"),
    JSON.stringify({ name: "hello", version: "1.0.0", stages: [greet] }),
  );
  const docs = await readFile(new URL("../../docs/dap.md", import.meta.url), "utf8");
  const requests = /```jsonl\n([\s\S]*?)\n```/.exec(docs)?.[1]?.split("\n") ?? [];
  expect(requests).toHaveLength(4);
  const child = spawn(process.execPath, [fm, "dap"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  server = child;
  for (const request of requests) child.stdin.write(`Content-Length: ${request.length}\r\n\r\n${request}`);
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('"event":"stopped"')) break;
    if (said.includes('"success":false')) break;
  }
  expect(said).toContain('"reason":"function breakpoint"');
});

test("fm dap refuses a port that is none", async () => {
  server = spawn(process.execPath, [fm, "dap", "--port", "70000"], { stdio: "ignore" });
  expect(await once(server, "exit")).toEqual([3, null]);
});
