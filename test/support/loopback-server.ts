import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A real server on loopback for one test; gives its address without a slash at the end. */
export async function startServer(listener: RequestListener): Promise<string> {
  return listen(createServer(listener));
}

/** A server that answers "done" to all requests once `answer` is resolved; `asked` is when the first has come. */
export async function startHeldServer(): Promise<{
  readonly url: string;
  readonly asked: PromiseWithResolvers<void>;
  readonly answer: PromiseWithResolvers<void>;
}> {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const url = await startServer(async (_request, response) => {
    asked.resolve();
    await answer.promise;
    response.end("done");
  });
  return { url, asked, answer };
}

/** The same with https, by a certificate that nobody vouches for. */
export async function startTlsServer(listener: RequestListener): Promise<string> {
  const folder = join(import.meta.dirname, "..", "fixtures", "tls");
  const [key, cert] = ["key.pem", "certificate.pem"].map((name) => readFileSync(join(folder, name)));
  const address = await listen(createTlsServer({ key, cert }, listener));
  return address.replace("http:", "https:");
}

/** A proxy that tunnels everything, and tells the host of each tunnel. */
export async function startProxy(onTunnel: (host: string) => void): Promise<string> {
  const server = createServer();
  server.on("connect", (request, socket) => {
    const { hostname, port } = new URL(`http://${request.url}`);
    onTunnel(`${hostname}:${port}`);
    const target = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(socket);
      socket.pipe(target);
    });
    target.on("error", () => socket.destroy());
    socket.on("error", () => target.destroy());
  });
  return listen(server);
}

/** An address on which nothing listens. */
export async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // as above
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** The body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

async function listen(server: Server | TlsServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo; // listening on TCP, so not a pipe's name
  return `http://127.0.0.1:${port}`;
}
