import { expect, test } from "vitest";
import type { HttpRequest } from "#core/ports";
import { createNodePorts } from "#host";
import { bodyOf, deadAddress, startProxy, startServer, startTlsServer } from "../support/loopback-server.ts";

const { http } = createNodePorts({ workspaceRoot: "/", env: {}, providers: {} });
const never = new AbortController().signal;

test("a request arrives as it was given, and so does its answer", async () => {
  const address = await startServer(async (request, response) => {
    const body = await bodyOf(request);
    response
      .writeHead(418, { "x-kind": "tea" })
      .end(`${request.method} ${String(request.headers["x-a"])} ${body} é`);
  });
  const result = await http.send(
    requestTo(`${address}/pot`, { method: "POST", headers: { "x-a": "1" }, body: "leaf" }),
    never,
  );
  expect(result).toMatchObject({
    ok: true,
    response: { status: 418, headers: { "x-kind": "tea" }, body: "POST 1 leaf é", url: `${address}/pot` },
  });
});

test("redirects are followed, or not, as asked", async () => {
  const address = await startServer((request, response) => {
    if (request.url === "/old") response.writeHead(302, { location: "/new" }).end();
    else response.end("here");
  });
  expect(await http.send(requestTo(`${address}/old`), never)).toMatchObject({
    ok: true,
    response: { status: 200, body: "here", url: `${address}/new` },
  });
  expect(await http.send(requestTo(`${address}/old`, { followRedirects: false }), never)).toMatchObject({
    ok: true,
    response: { status: 302, headers: { location: "/new" } },
  });
});

test("a body that is too large is refused, however it comes", async () => {
  const address = await startServer((_, response) => {
    response.write("x".repeat(600));
    response.end("x".repeat(600));
  });
  const small = await http.send(requestTo(address, { maxBytes: 1200 }), never);
  expect(small.ok && small.response.body.length).toBe(1200);
  const large = await http.send(requestTo(address, { maxBytes: 1199 }), never);
  expect(large).toMatchObject({ ok: false, failure: { message: expect.stringContaining("1199 bytes") } });
});

test.each([
  { headers: { a: "x\ny" } },
  { headers: { "a b": "x" } },
  { headers: { a: "☃" } },
  { method: "TRACE" },
])("what is no request is refused: %j", async (parts) => {
  const result = await http.send(requestTo("http://127.0.0.1:9", parts), never);
  expect(result).toMatchObject({ ok: false, failure: { type: "VALIDATION", recoverable: false } });
});

test("a server that is not there is named", async () => {
  const address = await deadAddress();
  const result = await http.send(requestTo(address), never);
  const message = expect.stringContaining(`${new URL(address).host} cannot be reached (ECONNREFUSED)`);
  expect(result).toMatchObject({ ok: false, failure: { type: "CONNECTIVITY", recoverable: true, message } });
});

test("a certificate that nobody vouches for is refused, unless the request says otherwise", async () => {
  const address = await startTlsServer((_, response) => response.end("secret"));
  expect(await http.send(requestTo(address), never)).toMatchObject({
    ok: false,
    failure: { type: "SECURITY", recoverable: false, message: expect.stringContaining("verify_ssl") },
  });
  const lax = await http.send(requestTo(address, { verifyTls: false }), never);
  expect(lax).toMatchObject({ ok: true, response: { body: "secret" } });
  expect((await http.send(requestTo(address), never)).ok).toBe(false);
});

test("aborting ends the request down to the socket", async () => {
  const gone = Promise.withResolvers<void>();
  const abort = new AbortController();
  const address = await startServer((request) => {
    request.on("close", () => gone.resolve());
    abort.abort();
  });
  const result = await http.send(requestTo(address), abort.signal);
  expect(result).toMatchObject({ ok: false, failure: { type: "CANCELLED" } });
  await gone.promise;
});

test("requests go through the proxy that the environment names", async () => {
  const tunnels: string[] = [];
  const proxy = await startProxy((host) => tunnels.push(host));
  const target = await startServer((_, response) => response.end("from the target"));
  const proxied = createNodePorts({ workspaceRoot: "/", env: { HTTP_PROXY: proxy }, providers: {} });
  const result = await proxied.http.send(requestTo(target), never);
  expect(result).toMatchObject({ ok: true, response: { body: "from the target" } });
  expect(tunnels).toEqual([new URL(target).host]);
});

function requestTo(url: string, parts: Partial<HttpRequest> = {}): HttpRequest {
  return {
    url,
    method: "GET",
    headers: {},
    body: null,
    followRedirects: true,
    verifyTls: true,
    maxBytes: 10_000,
    ...parts,
  };
}
