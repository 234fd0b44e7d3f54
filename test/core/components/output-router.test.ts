import { mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Clock, Json, JsonObject } from "#core/ports";
import { workspaceFiles } from "#host";
import { bodyOf, deadAddress, startServer } from "../../support/loopback-server.ts";
import { failureOf, outputOf, runComponent } from "../../support/run-component.ts";

test("a webhook gets data, is_error, error_message, metadata and timestamp", async () => {
  const hook = await startHook();
  const output = await outputOf("output_router", {
    data: { total: 3 },
    metadata: { team: "a" },
    destinations: [webhook(hook.address, { headers: { "X-Team": 7 } })],
  });
  expect(output).toEqual({
    total_destinations: 1,
    successful_deliveries: 1,
    failed_deliveries: 0,
    skipped_deliveries: 0,
    results: [
      {
        destination_id: "w",
        name: "Hook",
        type: "webhook",
        status: "delivered",
        attempts: 1,
        status_code: 200,
        error: null,
      },
    ],
    all_succeeded: true,
  });
  expect(hook.requests).toEqual([
    {
      method: "POST",
      headers: expect.objectContaining({
        "content-type": "application/json",
        "x-team": "7",
        "idempotency-key": "run-1/stage/1:w",
      }),
      body: JSON.stringify({
        data: { total: 3 },
        is_error: false,
        error_message: null,
        metadata: { team: "a" },
        timestamp: "2026-01-02T03:04:05.000Z",
      }),
    },
  ]);
});

test.each([
  ["{{ data.total }} of {{ metadata.team }}", "3 of a", "text/plain; charset=utf-8"],
  [
    '{"text": "{{ data.total }}", "at": "{{ timestamp }}"}',
    '{"text": "3", "at": "2026-01-02T03:04:05.000Z"}',
    "application/json",
  ],
  [
    { n: "{{ data.total }}", failed: "{{ is_error }}", why: "{{ error_message }}" },
    '{"n":3,"failed":false,"why":null}',
    "application/json",
  ],
  ["{{ upstream.a.content }} {{ input.topic }}", "text tea", "text/plain; charset=utf-8"],
])("the payload template %j", async (payload_template, body, type) => {
  const hook = await startHook();
  await outputOf(
    "output_router",
    {
      data: { total: 3 },
      metadata: { team: "a" },
      destinations: [webhook(hook.address, { method: "PUT" }, { payload_template })],
    },
    {
      values: { input: { topic: "tea" } },
      stages: { a: { kind: "succeeded", componentType: "generator", output: { content: "text" } } },
    },
  );
  expect(hook.requests[0]).toMatchObject({ method: "PUT", body, headers: { "content-type": type } });
});

test.each([
  [{}, false, "delivered"],
  [{ enabled: false }, false, "skipped"],
  [{ on_success: false }, false, "skipped"],
  [{}, true, "skipped"],
  [{ on_error: true }, true, "delivered"],
  [{ on_error: true, on_success: false }, true, "delivered"],
  [{ on_error: true, error_types: ["TIMEOUT"] }, true, "delivered"],
  [{ on_error: true, error_types: ["SECURITY"] }, true, "skipped"],
])("a destination with %j, when is_error is %j: %s", async (settings, is_error, status) => {
  const hook = await startHook();
  const output = await outputOf("output_router", {
    data: 1,
    is_error,
    metadata: { error_type: "TIMEOUT" },
    destinations: [webhook(hook.address, {}, settings)],
  });
  expect(output).toMatchObject({
    results: [{ status }],
    skipped_deliveries: status === "skipped" ? 1 : 0,
    all_succeeded: true,
  });
  expect(hook.requests).toHaveLength(status === "skipped" ? 0 : 1);
});

test("what may pass is tried again after 1, 2 and 4 seconds, with the same key", async () => {
  const hook = await startHook([503, 429, 500, 200]);
  const waits: number[] = [];
  const output = await outputOf(
    "output_router",
    { data: 1, destinations: [webhook(hook.address)] },
    { ports: { clock: eagerClock(waits) } },
  );
  expect(output).toMatchObject({ results: [{ status: "delivered", attempts: 4, status_code: 200 }] });
  expect(waits).toEqual([1000, 2000, 4000]);
  expect(new Set(hook.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
});

test.each([
  [{}, [500, 500, 500, 500], 4, 500, /answered 500/],
  [{ retry_count: 0 }, [503], 1, 503, /answered 503/],
  [{}, [404], 1, 404, /answered 404/],
  [{}, [302], 1, 302, /redirects to \/elsewhere/],
])(
  "with %j, answers %j fail the delivery after %i tries, and are said",
  async (config, answers, tries, code, why) => {
    const hook = await startHook(answers);
    const { output, events } = await runComponent(
      "output_router",
      { data: 1, destinations: [webhook(hook.address, config)] },
      { ports: { clock: eagerClock([]) } },
    );
    expect(output).toMatchObject({
      failed_deliveries: 1,
      all_succeeded: false,
      results: [{ status: "failed", attempts: tries, status_code: code, error: expect.stringMatching(why) }],
    });
    expect(hook.requests).toHaveLength(tries);
    expect(events).toEqual([
      { kind: "log", level: "warning", message: expect.stringMatching(/^Delivery to "Hook" failed/) },
    ]);
  },
);

test.each([
  ["3", 3000],
  ["20", 20_000],
  ["0", 1000],
])("a webhook that asks to be left alone for %s s is tried again after %i ms", async (asked, waited) => {
  const waits: number[] = [];
  let tries = 0;
  const address = await startServer((_, response) => {
    tries += 1;
    response.writeHead(tries === 1 ? 429 : 204, { "retry-after": asked }).end();
  });
  const output = await outputOf(
    "output_router",
    { data: 1, destinations: [webhook(address)] },
    { ports: { clock: eagerClock(waits) } },
  );
  expect(waits).toContain(waited);
  expect(output).toMatchObject({ all_succeeded: true, results: [{ attempts: 2 }] });
});

test("a webhook that does not answer within timeout_ms is tried again", async () => {
  const address = await startServer(() => {});
  const waits: number[] = [];
  const clock: Clock = {
    ...eagerClock(waits),
    sleep: async (ms) => {
      waits.push(ms);
    },
  };
  const output = await outputOf(
    "output_router",
    { data: 1, destinations: [webhook(address, { timeout_ms: 50, retry_count: 1 })] },
    { ports: { clock } },
  );
  expect(waits).toEqual([50, 1000, 50]);
  expect(output).toMatchObject({
    results: [{ attempts: 2, error: expect.stringContaining("did not answer within 50 ms") }],
  });
});

test("cancelling ends the waiting between tries", async () => {
  const abort = new AbortController();
  const hook = await startHook([503]);
  const clock: Clock = {
    ...eagerClock([]),
    sleep: async (ms, signal) => {
      if (ms < 30_000) abort.abort();
      if (!signal.aborted) await new Promise((done) => signal.addEventListener("abort", done));
    },
  };
  const { failure } = await runComponent(
    "output_router",
    { data: 1, destinations: [webhook(hook.address)] },
    { ports: { clock }, signal: abort.signal },
  );
  expect(failure?.type).toBe("CANCELLED");
  expect(hook.requests).toHaveLength(1);
});

test("parallel deliveries overlap, others wait for each other", async () => {
  for (const parallel of [true, false]) {
    const order: string[] = [];
    const bothAsked = Promise.withResolvers<void>();
    const address = await startServer(async (request, response) => {
      order.push(`asked ${request.url}`);
      if (order.length === 2 || !parallel) bothAsked.resolve();
      await bothAsked.promise;
      order.push(`answered ${request.url}`);
      response.end();
    });
    const destinations = ["a", "b"].map((id) => ({ ...webhook(`${address}/${id}`), id }));
    const output = await outputOf("output_router", { data: 1, parallel, destinations });
    expect(output).toMatchObject({ results: [{ destination_id: "a" }, { destination_id: "b" }] });
    const asked = order.map((entry) => entry.split(" ")[0]);
    expect(asked).toEqual(
      parallel ? ["asked", "asked", "answered", "answered"] : ["asked", "answered", "asked", "answered"],
    );
  }
});

test("with fail_on_error all are tried, then the stage fails and says which", async () => {
  const hook = await startHook();
  const dead = await deadAddress();
  const inputs = {
    data: 1,
    fail_on_error: true,
    destinations: [webhook(dead, { retry_count: 0 }), webhook(hook.address)],
  };
  expect(await failureOf("output_router", inputs)).toMatchObject({
    type: "EXECUTION",
    recoverable: false,
    message: expect.stringMatching(/^1 of 2 deliveries failed\. "Hook": 127\.0\.0\.1:\d+ cannot be reached/),
    details: { results: [{ status: "failed" }, { status: "delivered" }] },
  });
  expect(hook.requests).toHaveLength(1);
  // Nothing arrived, and the network may be back: the stage may be tried again.
  const alone = { ...inputs, destinations: [webhook(dead, { retry_count: 0 })] };
  expect(await failureOf("output_router", alone)).toMatchObject({ recoverable: true });
});

test.each([
  ["replace", { a: 1 }, '{\n  "a": 1\n}\n'],
  ["append", { a: 1 }, '{"a":1}\n{"a":1}\n'],
  ["replace", "as it is", "as it is"],
  ["append", "a line", "a line\na line\n"],
])("a file, mode %s, of %j", async (mode, payload, text) => {
  const root = await workspace();
  const inputs = {
    data: payload,
    destinations: [
      {
        id: "f",
        type: "file",
        name: "F",
        config: { path: "out/{{ input.day }}.json", mode },
        payload_template: "{{ data }}",
      },
    ],
  };
  const options = { values: { input: { day: "monday" } }, ports: { files: workspaceFiles(root) } };
  await outputOf("output_router", inputs, options);
  expect(await outputOf("output_router", inputs, options)).toMatchObject({ successful_deliveries: 1 });
  expect(await readFile(join(root, "out/monday.json"), "utf8")).toBe(text);
});

test.each(["../x.json", "/tmp/x.json", "away/x.json"])("no file outside is written: %s", async (path) => {
  const root = await workspace();
  await symlink(tmpdir(), join(root, "away"));
  const output = await outputOf(
    "output_router",
    { data: 1, destinations: [{ id: "f", type: "file", name: "F", config: { path } }] },
    { ports: { files: workspaceFiles(root) } },
  );
  expect(output).toMatchObject({
    results: [{ status: "failed", error: expect.stringContaining("workspace") }],
  });
  expect(await readdir(root)).toEqual(["away"]);
});

test.each(["email", "database", "message_queue"])(
  "%s is a failed delivery, never a success",
  async (type) => {
    const output = await outputOf("output_router", {
      data: 1,
      destinations: [{ id: "x", type, name: "X", config: {} }],
    });
    expect(output).toMatchObject({
      successful_deliveries: 0,
      failed_deliveries: 1,
      all_succeeded: false,
      results: [{ attempts: 0, error: expect.stringContaining(`delivers nothing to the type "${type}"`) }],
    });
  },
);

test("destinations may come from the input; their templates see the message alone", async () => {
  const hook = await startHook();
  const given = (payload_template: string): Json => [webhook(hook.address, {}, { payload_template })];
  const run = (destinations: Json) =>
    outputOf(
      "output_router",
      { data: "d", destinations: "{{ input.destinations }}" },
      { values: { input: { destinations } }, env: { KEY: "k3y" } },
    );
  await run(given("{{ data }}!"));
  expect(hook.requests[0]?.body).toBe("d!");
  const output = await run(given("{{ input.destinations[0].id }}"));
  expect(output).toMatchObject({ results: [{ status: "failed", error: expect.stringContaining("input") }] });
  expect(hook.requests).toHaveLength(1);
});

test.each([
  ["{{ input.none }}", "EXPRESSION", /none/],
  ["{{ input.text }}", "VALIDATION", /has to be a list/],
  [[{ id: "a", type: "webhok", config: {} }], "VALIDATION", /destination 0 cannot be used/],
  [[{ id: "a", type: "webhook", config: {} }], "VALIDATION", /url/],
])("destinations %j are refused", async (destinations, type, message) => {
  const failure = await failureOf(
    "output_router",
    { data: 1, destinations },
    { values: { input: { text: "x" } } },
  );
  expect(failure).toMatchObject({ type, field: "destinations", message: expect.stringMatching(message) });
});

test.each(["ftp://x.test/", "http://user:p4ss@x.test/"])("the address %s is refused", async (url) => {
  const output = await outputOf("output_router", { data: 1, destinations: [webhook(url)] });
  expect(output).toMatchObject({ results: [{ status: "failed", attempts: 0 }] });
  expect(JSON.stringify(output)).not.toContain("p4ss");
});

function webhook(url: string, config: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return { id: "w", type: "webhook", name: "Hook", config: { url, ...config }, ...more };
}

interface HookRequest {
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Answers with these, then with 200. */
async function startHook(answers: readonly number[] = []) {
  const requests: HookRequest[] = [];
  const address = await startServer(async (request, response) => {
    const status = answers[requests.length] ?? 200;
    const { method, headers } = request;
    requests.push({ method, headers: { ...headers }, body: await bodyOf(request) });
    response.writeHead(status, { location: "/elsewhere" }).end();
  });
  return { address, requests };
}

/** Limits never run out, and waits between tries take no time. */
function eagerClock(waits: number[]): Clock {
  let now = 0;
  return {
    now: () => now++,
    monotonic: () => now++,
    sleep: async (ms, signal) => {
      if (ms < 30_000) waits.push(ms);
      else if (!signal.aborted) await new Promise((done) => signal.addEventListener("abort", done));
    },
  };
}

async function workspace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "fm-router-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
