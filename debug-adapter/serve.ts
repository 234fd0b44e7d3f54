import type { AddressInfo, Socket } from "node:net";
import { AdapterConnection, type ConnectionEnd, type ConnectionListener } from "./connection.ts";
import { createSession } from "./session.ts";
import { listenForClients } from "./tcp.ts";

/** Hears of the secrets that nothing which the process says may hold. */
export type HearRedactor = ConnectionListener["redactBy"];

/**
 * Speaks DAP on standard input and output. Resolves when the client has left, or sends what cannot be read; nobody is
 * listened to from then on.
 */
export async function serveStdio(redactBy: HearRedactor): Promise<ConnectionEnd> {
  const connection = await new Promise<AdapterConnection>((resolve) => {
    const opened: AdapterConnection = new AdapterConnection(
      (client) => createSession(client, () => resolve(opened)),
      { warn, redactBy },
    );
    opened.listen(process.stdin, process.stdout);
  });
  connection.flush();
  process.stdin.destroy();
  return connection.end ?? "left";
}

/**
 * Speaks DAP on loopback, a session for each client; 0 picks a free port. The address is printed on standard
 * error. Resolves once aborted, rejects when the port cannot be had.
 */
export async function serveTcp(port: number, redactBy: HearRedactor, signal: AbortSignal): Promise<void> {
  const sockets = new Set<Socket>();
  const connected = (socket: Socket): void => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    const connection: AdapterConnection = new AdapterConnection(
      (client) => createSession(client, () => connection.hangUp()),
      { warn, redactBy },
    );
    connection.listen(socket, socket);
  };
  const server = await listenForClients(port, connected, () =>
    warn(
      'A connection was closed that did not begin with "Content-Length:", as the Debug Adapter Protocol does.',
    ),
  );
  const { port: actual } = server.address() as AddressInfo;
  warn(`FlowMason debug adapter listens on 127.0.0.1:${actual}`);
  return new Promise((resolve) => {
    const close = (): void => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    };
    if (signal.aborted) close();
    else signal.addEventListener("abort", close, { once: true });
  });
}

function warn(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** A TCP port as written on a command line; null when it is none. */
export function parsePort(text: string): number | null {
  const port = Number(text);
  return text.trim() === "" || !Number.isInteger(port) || port < 0 || port > 65535 ? null : port;
}
