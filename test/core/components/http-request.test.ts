import { expect, test } from "vitest";
import { bodyOf, deadAddress, startServer } from "../../support/loopback-server.ts";
import { failureOf, outputOf, runComponent } from "../../support/run-component.ts";
import { testClock } from "../../support/test-clock.ts";

test("the request is what the fields say", async () => {
  const address = await startServer(async (request, response) => {
    const { method, url, headers } = request;
    const seen = {
      method,
      url,
      type: headers["content-type"],
      token: headers["x-token"],
      body: await bodyOf(request),
    };
    response.setHeader("content-type", "application/json").end(JSON.stringify(seen));
  });
  const output = await outputOf("http_request", {
    url: `${address}/items?a=1`,
    method: "post",
    headers: { "X-Token": "t" },
    params: { b: "2 &" },
    body: { name: "é" },
  });
  expect(output).toMatchObject({
    status_code: 200,
    success: true,
    url: `${address}/items?a=1&b=2+%26`,
    body: {
      method: "POST",
      url: "/items?a=1&b=2+%26",
      type: "application/json",
      token: "t",
      body: '{"name":"é"}',
    },
  });
});

test.each([
  ["text/plain", "plain", "plain"],
  ["text/plain", ' {"a": 1}', { a: 1 }],
  ["application/json", "3", 3],
  ["application/json", "{oops", "{oops"],
  ["text/plain", "3", "3"],
])("a body of type %s reading %s", async (type, text, body) => {
  const address = await startServer((_, response) => response.setHeader("content-type", type).end(text));
  expect(await outputOf("http_request", { url: address })).toMatchObject({ body });
});

test.each([404, 500])("an answer %i is an answer", async (status) => {
  const address = await startServer((_, response) => response.writeHead(status).end("no"));
  expect(await outputOf("http_request", { url: address })).toMatchObject({
    status_code: status,
    success: false,
    body: "no",
  });
});

const date = "Tue, 14 Nov 2023 22:13:30 GMT";

test.each([
  [429, { "retry-after": "7" }, 7000],
  [503, { "retry-after": date }, expect.closeTo(10_000, -2)],
  [503, {}, undefined],
])("an answer %i with %j fails an attempt that another follows", async (status, headers, wish) => {
  const address = await startServer((_, response) => response.writeHead(status, headers).end("no"));
  // Its time is 2023-11-14 22:13:20.
  const options = { retriesLeft: 1, ports: { clock: testClock() } };
  const failure = await failureOf("http_request", { url: address, method: "POST" }, options);
  expect(failure).toMatchObject({
    type: "CONNECTIVITY",
    recoverable: true,
    message: expect.stringContaining(`${new URL(address).host} answered ${status}`),
    details: { status },
  });
  expect(failure.retryAfterMs).toEqual(wish);
});

test.each([
  [429, 0],
  [500, 1],
])("an answer %i with %i attempts left is an answer", async (status, retriesLeft) => {
  const address = await startServer((_, response) =>
    response.writeHead(status, { "retry-after": "7" }).end(),
  );
  const output = await outputOf("http_request", { url: address }, { retriesLeft });
  expect(output).toMatchObject({ status_code: status, success: false });
});

test("a server that cannot be reached fails the stage, by name", async () => {
  const address = await deadAddress();
  const failure = await failureOf("http_request", { url: address });
  expect(failure).toMatchObject({
    type: "CONNECTIVITY",
    message: expect.stringContaining(new URL(address).host),
  });
});

test("a server that does not answer in time is a TIMEOUT, and the socket is closed", async () => {
  const clock = testClock();
  const gone = Promise.withResolvers<void>();
  const address = await startServer((request) => {
    request.on("close", () => gone.resolve());
    clock.expire();
  });
  const failure = await failureOf("http_request", { url: address, timeout: 3 }, { ports: { clock } });
  expect(failure).toMatchObject({
    type: "TIMEOUT",
    recoverable: true,
    message: expect.stringContaining("within 3 s"),
  });
  await gone.promise;
});

test("the attempt's own limit counts too", async () => {
  const clock = testClock();
  const address = await startServer(() => clock.expire());
  const failure = await failureOf("http_request", { url: address }, { ports: { clock }, timeoutMs: 50 });
  expect(failure.type).toBe("TIMEOUT");
});

test("cancelling ends it as cancelled, down to the socket", async () => {
  const abort = new AbortController();
  const gone = Promise.withResolvers<void>();
  const address = await startServer((request) => {
    request.on("close", () => gone.resolve());
    abort.abort();
  });
  const { failure } = await runComponent("http_request", { url: address }, { signal: abort.signal });
  expect(failure?.type).toBe("CANCELLED");
  await gone.promise;
});

test.each([
  [{ url: "example.com" }, "url", /http:\/\/ or https:\/\//],
  [{ url: "file:///etc/passwd" }, "url", /http:\/\/ or https:\/\//],
  [{ url: "http://user:p4ss@127.0.0.1/" }, "url", /^(?!.*p4ss).*header "Authorization"/],
  [{ url: "http://user:p4ss@[bad/" }, "url", /^(?!.*p4ss).*no web address/],
  [{ url: "http://127.0.0.1", body: { a: 1 } }, "body", /GET request cannot have a body/],
])("%j is refused before anything is sent", async (inputs, field, message) => {
  expect(await failureOf("http_request", inputs)).toMatchObject({
    type: "VALIDATION",
    field,
    message: expect.stringMatching(message),
  });
});
