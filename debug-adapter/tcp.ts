import { createServer, type Server, type Socket } from "node:net";

const greeting = "Content-Length:";

/**
 * Listens on loopback and hands over each connection that begins as DAP does. Any other is closed at once, without an
 * answer, and `refused` hears of it: a web page in the user's browser can reach loopback, but not without sending its
 * request line first.
 */
export function listenForClients(
  port: number,
  connected: (socket: Socket) => void,
  refused: () => void,
): Promise<Server> {
  const server = createServer((socket) => greet(socket, connected, refused));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

function greet(socket: Socket, connected: (socket: Socket) => void, refused: () => void): void {
  let head = Buffer.alloc(0);
  const onError = (): void => void socket.destroy();
  const onBytes = (bytes: Buffer): void => {
    head = Buffer.concat([head, bytes]);
    const seen = head.toString("latin1", 0, greeting.length);
    if (!greeting.startsWith(seen)) {
      socket.off("data", onBytes).destroy();
      refused();
      return;
    }
    if (seen.length < greeting.length) return;
    socket.off("data", onBytes);
    socket.off("error", onError);
    socket.pause();
    socket.unshift(head);
    connected(socket);
  };
  socket.on("error", onError);
  socket.on("data", onBytes);
}
