import type { AddressInfo, Socket } from "node:net";
import { AdapterConnection } from "../connection.ts";
import { createSession } from "../session.ts";
import { listenForClients } from "../tcp.ts";
import type { AttachTarget } from "./attach-target.ts";

/** How long a client that is told of the run's end may take to leave, in milliseconds. */
const GRACE_MS = 1000;

/** A port at which debuggers attach to a run of this process. */
export interface DebugPort {
  readonly port: number;
  /** Listens no more; resolves when the clients have left, at the latest after {@link GRACE_MS}. */
  close(): Promise<void>;
}

/** Listens on loopback, 0 picks a port; rejects when it cannot be had. `warn` hears of what is no debugger. */
export async function openDebugPort(
  target: AttachTarget,
  port: number,
  warn: (text: string) => void,
): Promise<DebugPort> {
  const sockets = new Set<Socket>();
  const connected = (socket: Socket): void => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    const connection: AdapterConnection = new AdapterConnection(
      (client) => createSession(client, () => connection.hangUp(), target),
      { warn, redactBy: () => {} },
    );
    connection.listen(socket, socket);
  };
  const server = await listenForClients(port, connected, () =>
    warn(
      'A connection was closed that did not begin with "Content-Length:", as the Debug Adapter Protocol does.',
    ),
  );
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const left = [...sockets].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
      server.close();
      const timer = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, GRACE_MS);
      await Promise.all(left);
      clearTimeout(timer);
    },
  };
}
