import { expect, test } from "vitest";
import type { HttpRequest } from "#core/ports";
import { createNodePorts } from "#host";
import { type HttpRules, httpRulesSchema } from "../../host/http/http-rules.ts";
import { bodyOf, startServer } from "../support/loopback-server.ts";

const never = new AbortController().signal;

test.each([
  [["127.0.0.1"], []],
  [["*"], []],
  [undefined, ["*.example.com"]],
])("with allow %j and deny %j the server is called", async (allow, deny) => {
  const address = await startServer((_, response) => response.end("here"));
  expect(await send(address, { allow, deny })).toMatchObject({ ok: true });
});

test("a port in a rule is the only one meant", async () => {
  const address = await startServer((_, response) => response.end("here"));
  const { host } = new URL(address);
  expect(await send(address, { allow: [host] })).toMatchObject({ ok: true });
  expect(await send(address, { allow: ["127.0.0.1:9"] })).toMatchObject({
    failure: {
      type: "SECURITY",
      message: expect.stringContaining(`${host} may not be called: "http.allow"`),
    },
  });
});

test("deny goes before allow, and nothing is sent", async () => {
  let calls = 0;
  const address = await startServer((_, response) => {
    calls += 1;
    response.end();
  });
  expect(await send(address, { allow: ["*"], deny: ["127.0.0.1"] })).toMatchObject({
    failure: {
      type: "SECURITY",
      recoverable: false,
      message: expect.stringMatching(
        /^127\.0\.0\.1:\d+ .*"http\.deny" in flowmason\.json has "127\.0\.0\.1"/,
      ),
    },
  });
  expect(calls).toBe(0);
});

test.each([
  ["http://api.example.com/", "*.example.com", true],
  ["http://API.Example.com./", "*.example.com", true],
  ["http://example.com/", "*.example.com", false],
  ["http://evilexample.com/", "*.example.com", false],
  ["http://example.com.evil.test/", "example.com", false],
  ["https://example.com/", "example.com:443", true],
  ["http://example.com/", "example.com:443", false],
  ["http://[::1]:8080/", "[::1]", true],
  ["http://[::1]:8080/", "[::1]:8080", true],
  ["http://[::ffff:127.0.0.1]:8080/", "127.0.0.1", true],
  ["http://[::ffff:a9fe:a9fe]/", "169.254.169.254", true],
  ["http://2852039166/", "169.254.169.254", true],
])("%s by the rule %s: %s", async (url, pattern, isAllowed) => {
  // The other rule stops what this one lets through, so that nothing is sent.
  const result = await send(url, { allow: [pattern], deny: isAllowed ? ["*"] : [] });
  const key = isAllowed ? "http.deny" : "http.allow";
  expect(result).toMatchObject({ failure: { type: "SECURITY", message: expect.stringContaining(key) } });
});

test("each redirect is held to the rules", async () => {
  const address = await startServer((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: "http://localhost:9/secrets" }).end();
  });
  expect(await send(address, { allow: ["127.0.0.1"] })).toMatchObject({
    failure: { type: "SECURITY", message: expect.stringContaining("localhost:9 may not be called") },
  });
});

test("too many redirects say so", async () => {
  let calls = 0;
  const address = await startServer((_, response) => {
    calls += 1;
    response.writeHead(302, { location: `/${calls}` }).end();
  });
  expect(await send(address, { max_redirects: 3 })).toMatchObject({
    failure: { type: "EXECUTION", message: expect.stringMatching(/too many redirects: more than 3,/) },
  });
  expect(calls).toBe(4);
});

test("credentials stay with the origin that they were given to", async () => {
  const seen: Record<string, unknown>[] = [];
  const other = await startServer((request, response) => {
    seen.push({ ...request.headers });
    response.end("other");
  });
  const address = await startServer((request, response) => {
    seen.push({ ...request.headers });
    const location = request.url === "/same" ? "/there" : other;
    response.writeHead(request.url === "/there" ? 200 : 307, { location }).end();
  });
  const headers = { Authorization: "Bearer t0p", "X-Api-Key": "k3y", Cookie: "a=b", "X-Kind": "tea" };
  await send(`${address}/same`, {}, { headers });
  await send(`${address}/away`, {}, { headers });
  expect(seen[1]).toMatchObject({ authorization: "Bearer t0p", "x-api-key": "k3y", "x-kind": "tea" });
  expect(seen[3]).toMatchObject({ "x-kind": "tea" });
  expect(JSON.stringify(seen[3])).not.toMatch(/t0p|k3y|a=b/);
});

test.each([
  [303, "PUT", "GET", ""],
  [302, "POST", "GET", ""],
  [301, "PUT", "PUT", "leaf"],
  [307, "POST", "POST", "leaf"],
])("%i after %s goes on as %s", async (status, method, then, body) => {
  const address = await startServer(async (request, response) => {
    if (request.url === "/") return response.writeHead(status, { location: "/there" }).end();
    return response.end(`${request.method} ${await bodyOf(request)}`);
  });
  const result = await send(address, {}, { method, body: "leaf", headers: { "content-type": "text/plain" } });
  expect(result).toMatchObject({ ok: true, response: { body: `${then} ${body}` } });
});

test.each(["file:///etc/passwd", "http://user:p4ss@127.0.0.1/", "http://["])(
  "a redirect to %s is not followed",
  async (location) => {
    const address = await startServer((_, response) => response.writeHead(302, { location }).end());
    const result = await send(address, {});
    expect(result).toMatchObject({
      failure: { type: "EXECUTION", message: expect.stringContaining("redirects") },
    });
    expect(JSON.stringify(result)).not.toContain("p4ss");
  },
);

test("the project's limit is the most, whatever the stage asks for", async () => {
  const address = await startServer((_, response) => response.end("x".repeat(100)));
  expect(await send(address, { max_response_bytes: 99 }, { maxBytes: 1000 })).toMatchObject({
    failure: { message: expect.stringContaining('raise "http.max_response_bytes" in flowmason.json') },
  });
  expect(await send(address, { max_response_bytes: 1000 }, { maxBytes: 99 })).toMatchObject({
    failure: { message: expect.stringContaining('raise "max_bytes" of the stage') },
  });
  expect(await send(address, { max_response_bytes: 100 }, { maxBytes: null })).toMatchObject({ ok: true });
});

test("an answer that cannot be unpacked says so", async () => {
  const address = await startServer((_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end("this is not gzip"),
  );
  expect(await send(address, {})).toMatchObject({
    failure: {
      type: "EXECUTION",
      recoverable: false,
      message: expect.stringMatching(/cannot be unpacked \(Z_/),
    },
  });
});

function send(
  url: string,
  rules: { readonly [key in keyof HttpRules]?: unknown },
  parts: Partial<HttpRequest> = {},
) {
  const { http } = createNodePorts({
    workspaceRoot: "/",
    env: {},
    providers: {},
    http: httpRulesSchema.parse(rules),
  });
  return http.send(
    {
      url,
      method: "GET",
      headers: {},
      body: null,
      followRedirects: true,
      verifyTls: true,
      maxBytes: null,
      ...parts,
    },
    never,
  );
}
