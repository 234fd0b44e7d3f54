import type { AddressInfo, Socket } from "node:net";
import { AdapterConnection } from "./connection.ts";
import { createSession } from "./session.ts";
import { listenForClients } from "./tcp.ts";

/** Speaks DAP on standard input and output. Resolves when the client has left; nobody is listened to from then on. */
export async function serveStdio(): Promise<void> {
  await new Promise<void>((resolve) => {
    const connection = new AdapterConnection((client) => createSession(client, resolve));
    connection.start(process.stdin, process.stdout);
  });
  process.stdin.destroy();
}

/**
 * Speaks DAP on loopback, a session for each client; 0 picks a free port. The address is printed on standard
 * error. Resolves once aborted, rejects when the port cannot be had.
 */
export async function serveTcp(port: number, signal: AbortSignal): Promise<void> {
  const sockets = new Set<Socket>();
  const server = await listenForClients(port, (socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    const connection = new AdapterConnection((client) => createSession(client, () => socket.end()));
    connection.start(socket, socket);
  });
  const { port: actual } = server.address() as AddressInfo;
  process.stderr.write(`FlowMason debug adapter listens on 127.0.0.1:${actual}\n`);
  return new Promise((resolve) => {
    const close = (): void => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    };
    if (signal.aborted) close();
    else signal.addEventListener("abort", close, { once: true });
  });
}

/** A TCP port as written on a command line; null when it is none. */
export function parsePort(text: string): number | null {
  const port = Number(text);
  return text.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65535 ? null : port;
}
