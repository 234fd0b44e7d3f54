import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { listenForClients } from "../../debug-adapter/tcp.ts";

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

test("a client that begins as DAP does is handed over with all its bytes", async () => {
  const { port, clients } = await listen();
  const socket = client(port);
  socket.write("Content-Len");
  socket.write("gth: 2\r\n\r\n{}");
  const handed = await clients.next();
  handed.resume();
  let text = "";
  for await (const bytes of handed) {
    text += String(bytes);
    if (text.endsWith("{}")) break;
  }
  expect(text).toBe("Content-Length: 2\r\n\r\n{}");
});

test("a web page's request is closed without an answer", async () => {
  const { port, clients } = await listen();
  const socket = client(port);
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\nContent-Length: 2\r\n\r\n{}");
  socket.resume();
  await once(socket, "close");
  expect(socket.bytesRead).toBe(0);
  expect(clients.count()).toBe(0);
  expect(clients.refused()).toBe(1);
});

test("only this machine can connect", async () => {
  const { address } = await listen();
  expect(address.address).toBe("127.0.0.1");
});

async function listen() {
  const arrived: Socket[] = [];
  let refused = 0;
  let wake = (): void => {};
  const connected = (socket: Socket): void => {
    arrived.push(socket);
    open.push({ close: () => socket.destroy() });
    wake();
  };
  const server = await listenForClients(0, connected, () => {
    refused += 1;
  });
  open.push(server);
  const address = server.address() as AddressInfo;
  const next = async (): Promise<Socket> => {
    while (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return arrived.shift() as Socket;
  };
  return {
    port: address.port,
    address,
    clients: { next, count: () => arrived.length, refused: () => refused },
  };
}

function client(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  open.push({ close: () => socket.destroy() });
  return socket;
}
