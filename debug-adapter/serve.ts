import type { AddressInfo } from "node:net";
import { AdapterConnection } from "./connection.ts";
import { createSession } from "./session.ts";
import { listenForClients } from "./tcp.ts";

/**
 * Speaks DAP: on standard input and output, or with `--port N` on loopback to one client after another
 * (0 picks a free port; the port is printed on standard error).
 * @returns when the client has left; with `--port`, never.
 * @throws {RangeError} when the port is no port.
 */
export async function serveDebugAdapter(args: readonly string[]): Promise<void> {
  const port = portOf(args);
  if (port === null) return serveStdio();
  const server = await listenForClients(port, (socket) => {
    const connection = new AdapterConnection((client) => createSession(client, () => socket.end()));
    connection.start(socket, socket);
  });
  process.stderr.write(
    `FlowMason debug adapter listens on 127.0.0.1:${(server.address() as AddressInfo).port}\n`,
  );
  return new Promise(() => {});
}

function serveStdio(): Promise<void> {
  return new Promise((resolve) => {
    const connection = new AdapterConnection((client) => createSession(client, resolve));
    connection.start(process.stdin, process.stdout);
  });
}

function portOf(args: readonly string[]): number | null {
  const at = args.findIndex((arg) => arg === "--port" || arg.startsWith("--port="));
  if (at < 0) return null;
  const text = args[at]?.includes("=") ? args[at].slice("--port=".length) : args[at + 1];
  const port = Number(text);
  if (text === undefined || text === "" || !Number.isInteger(port) || port < 0 || port > 65535) {
    throw new RangeError(`--port takes a number from 0 to 65535, not "${text ?? ""}"`);
  }
  return port;
}
