import { expect, test } from "vitest";
import { createModelPort } from "#core/providers";
import { environmentSecrets } from "#host";
import { deadAddress } from "../../support/loopback-server.ts";
import { type Behaviour, startModelServer, type Wire } from "../../support/model-server.ts";
import { testClock } from "../../support/test-clock.ts";

const wires: readonly Wire[] = ["openai", "anthropic", "google"];

/** The moment of the test's clock, as HTTP writes it a minute later. */
const now = testClock().now();
const inAMinute = new Date(now + 60_000).toUTCString();

test.each(
  wires.flatMap((wire) => [
    [wire, 429, { "retry-after": "7" }, 7000] as const,
    [wire, 429, { "retry-after": inAMinute }, 60_000] as const,
    [wire, 429, { "retry-after-ms": "1500", "retry-after": "2" }, 1500] as const,
    [wire, 429, { "retry-after": "soon" }, undefined] as const,
    [wire, 503, { "retry-after": "1" }, 1000] as const,
    [wire, 500, {}, undefined] as const,
    [wire, 529, {}, undefined] as const,
  ]),
)("%s: %i with %j can be tried again, after %s ms", async (wire, status, headers, wait) => {
  const failure = await failureOf(wire, { kind: "refuse", status, body: errorBody(wire), headers });
  expect(failure).toMatchObject({
    type: "CONNECTIVITY",
    recoverable: true,
    message: expect.stringContaining(`answered ${status}: Too busy`),
    details: { status },
  });
  // The clock goes on while the call is under way, and a date has no parts of a second.
  const told = failure.retryAfterMs;
  expect(told === undefined ? undefined : Math.round(told / 500) * 500).toBe(wait);
});

test.each(wires)("%s: a stream that breaks off is a failure that can be tried again", async (wire) => {
  const failure = await failureOf(wire, { kind: "break", pieces: ["Hel", "lo"] });
  expect(failure).toMatchObject({
    type: "CONNECTIVITY",
    recoverable: true,
    message: expect.stringMatching(/broke off/),
  });
});

test.each(wires)("%s: a stream that just ends is a failure, not an answer", async (wire) => {
  const failure = await failureOf(wire, { kind: "garble", pieces: ["Hello"], line: "" });
  expect(failure).toMatchObject({ recoverable: true });
});

test.each(wires)("%s: a piece that is no JSON is a failure that says so", async (wire) => {
  const failure = await failureOf(wire, { kind: "garble", pieces: ["Hel"], line: 'data: {"choices": [{' });
  expect(failure).toMatchObject({
    type: "EXECUTION",
    recoverable: true,
    message: expect.stringContaining("not in the form of the"),
  });
});

test.each(wires)("%s: an answer that never ends is cut off at the limit", async (wire) => {
  const gone = Promise.withResolvers<void>();
  const behaviour: Behaviour = { kind: "flood", piece: "x".repeat(10_000), gone: gone.resolve };
  const failure = await failureOf(wire, behaviour, { max_response_bytes: 1_000_000 });
  expect(failure).toMatchObject({
    type: "EXECUTION",
    recoverable: false,
    message: expect.stringMatching(/larger than 1000000 bytes.*providers\.local\.max_response_bytes/),
  });
  await gone.promise;
});

test.each(wires)("%s: a page in place of a stream says that the address is wrong", async (wire) => {
  const page = { kind: "page", type: "text/html; charset=utf-8", body: "<h1>Log in</h1>" } as const;
  expect(await failureOf(wire, page)).toMatchObject({
    type: "EXECUTION",
    recoverable: false,
    message: expect.stringMatching(/text\/html.*Check the address/),
  });
});

test.each(wires)("%s: a slow stream that is cancelled leaves its socket within a second", async (wire) => {
  const gone = Promise.withResolvers<void>();
  const server = await startModelServer(wire, [{ kind: "hang", pieces: ["Hel"], gone: gone.resolve }]);
  const abort = new AbortController();
  let cancelledAt = Number.NaN;
  const result = await generate(wire, server.address, {}, abort.signal, () => {
    cancelledAt = performance.now();
    abort.abort();
  });
  await gone.promise;
  expect(performance.now() - cancelledAt).toBeLessThan(1000);
  expect(result).toMatchObject({ ok: false, failure: { type: "CANCELLED", recoverable: false } });
});

test.each(wires)("%s: a server that is not there is named, with what to do", async (wire) => {
  const address = await deadAddress();
  const result = await generate(wire, `${address}/v1`, {});
  expect(result).toMatchObject({
    ok: false,
    failure: {
      type: "CONNECTIVITY",
      recoverable: true,
      message: expect.stringMatching(new RegExp(`${new URL(address).host}.*ECONNREFUSED.*start the server`)),
    },
  });
});

test.each(wires)("%s: a host that no one knows is named", async (wire) => {
  const result = await generate(wire, "http://no-such-host.invalid/v1", {});
  expect(result).toMatchObject({
    ok: false,
    failure: {
      type: "CONNECTIVITY",
      recoverable: true,
      message: expect.stringMatching(/no-such-host\.invalid.*(ENOTFOUND|EAI_AGAIN).*no host of that name/),
    },
  });
});

test("an account with nothing left to spend is not tried again", async () => {
  const body = '{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}';
  const failure = await failureOf("openai", { kind: "refuse", status: 429, body });
  expect(failure).toMatchObject({ recoverable: false, message: expect.stringContaining("nothing left") });
});

test("an answer that was paid for and is empty tells its usage", async () => {
  const server = await startModelServer("openai", [{ kind: "text", pieces: [" "] }]);
  const result = await generate("openai", server.address, {});
  expect(result).toMatchObject({ ok: false, usage: { inputTokens: 20, outputTokens: 5 } });
});

test("an address that is none of the web is refused before anything is sent", async () => {
  const result = await generate("openai", "ftp://127.0.0.1/v1", {});
  expect(result).toMatchObject({
    ok: false,
    failure: { type: "VALIDATION", message: expect.stringContaining("no http or https address") },
  });
});

async function failureOf(wire: Wire, behaviour: Behaviour, settings: { max_response_bytes?: number } = {}) {
  const server = await startModelServer(wire, [behaviour]);
  const result = await generate(wire, server.address, settings);
  expect(server.calls).toHaveLength(1);
  if (result.ok) throw new Error("The answer was taken for a good one.");
  return result.failure;
}

function generate(
  wire: Wire,
  address: string,
  settings: { max_response_bytes?: number },
  signal = new AbortController().signal,
  onDelta: (text: string) => void = () => {},
) {
  const protocol = wire === "openai" ? "openai-compatible" : wire;
  const port = createModelPort({
    providers: { local: { base_url: address, protocol, api_key_env: "KEY", ...settings } },
    secrets: environmentSecrets({ KEY: "sesame" }),
    clock: testClock(),
  });
  const messages = [{ role: "user", content: "Hello?" }] as const;
  return port.generate({ provider: "local", model: "m1", messages }, onDelta, signal);
}

function errorBody(wire: Wire): string {
  return JSON.stringify(
    {
      openai: { error: { message: "Too busy" } },
      anthropic: { type: "error", error: { type: "overloaded_error", message: "Too busy" } },
      google: { error: { code: 429, message: "Too busy", status: "RESOURCE_EXHAUSTED" } },
    }[wire],
  );
}
