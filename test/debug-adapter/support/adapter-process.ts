import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { DebugClient } from "@vscode/debugadapter-testsupport";
import { expect } from "vitest";
import { checkMessages } from "./protocol-check.ts";

/** The built adapter. */
export const adapter = fileURLToPath(new URL("../../../dist/node/debug-adapter.mjs", import.meta.url));
/** The built command line, whose `fm dap` is the same adapter. */
export const cli = fileURLToPath(new URL("../../../dist/node/cli.mjs", import.meta.url));
const open: DebugClient[] = [];
const connected: DebugClient[] = [];
const servers: ChildProcess[] = [];
const faults: string[] = [];

/** Ends all that a test has started; fails where an adapter said what is not in the protocol. */
export async function endAdapters(): Promise<void> {
  await Promise.all(open.splice(0).map((client) => client.stop()));
  for (const client of connected.splice(0)) hangUp(client);
  for (const server of servers.splice(0)) server.kill("SIGKILL");
  expect(faults.splice(0)).toEqual([]);
}

/** The ways in which a client can speak to the adapter. */
export const transports = ["stdio", "tcp"] as const;

/** The built adapter, spoken to in that way; stopped after the test. */
export function startAdapterOver(transport: (typeof transports)[number]): Promise<DebugClient> {
  switch (transport) {
    case "stdio":
      return startAdapter();
    case "tcp":
      return connectToServer();
  }
}

async function connectToServer(): Promise<DebugClient> {
  const server = spawn(process.execPath, [cli, "dap", "--port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  servers.push(server);
  return await connectTo(await portOf(server));
}

/** A client of what listens at a port of this machine; stopped after the test. */
export async function connectTo(port: number): Promise<DebugClient> {
  const client = new DebugClient("node", "", "flowmason");
  connected.push(client);
  // A machine that does much else takes its time; a test that hangs ends by its own limit.
  client.defaultTimeout = 25_000;
  checkMessages(client, (fault) => faults.push(fault));
  await client.start(port);
  return client;
}

/** Closes a client's connection without a word: it would wait for what is not there any more to answer. */
export function hangUp(client: DebugClient): void {
  // Its types keep it to itself.
  const hang: unknown = Reflect.get(client, "stopAdapter");
  if (typeof hang !== "function") throw new Error("The DAP client ends otherwise than before.");
  Reflect.apply(hang, client, []);
}

/** The port that `fm dap` says it listens on. */
export async function portOf({ stderr }: ChildProcess): Promise<number> {
  if (stderr === null) throw new Error("the server's standard error is not piped");
  for await (const line of createInterface({ input: stderr })) {
    const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error("the server ended without naming its port");
}

/** The path of a pipeline made for these tests. */
export function pipelinePath(name: string): string {
  return fileURLToPath(new URL(`../pipelines/${name}.pipeline.json`, import.meta.url));
}

/** The built adapter in its own process, spoken to over stdio; stopped after the test. */
export async function startAdapter(): Promise<DebugClient> {
  const client = new DebugClient(process.execPath, adapter, "flowmason");
  open.push(client);
  // A machine that does much else takes its time; a test that hangs ends by its own limit.
  client.defaultTimeout = 25_000;
  checkMessages(client, (fault) => faults.push(fault));
  await client.start();
  return client;
}
