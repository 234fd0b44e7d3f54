import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, startFm } from "../support/fm.ts";
import { deadAddress, startServer } from "../support/loopback-server.ts";
import { faultsOf, outlineOf, resourcesIn, type SentSpan, spansIn } from "../support/otlp.ts";
import { startOtlpReceiver } from "../support/otlp-receiver.ts";
import { tracedProject } from "./traced-project.ts";

const PIPELINE = "traced.pipeline.json";
/** A pipeline of one stage, for what is about sending. */
const small = JSON.stringify({
  name: "small",
  stages: [{ id: "one", component_type: "json_transform", config: { template: "x" } }],
});

test("RV-10 a run sends a span for itself and all that it does, and an export of its record has the very same", async () => {
  const cwd = await tracedProject();
  const receiver = await startOtlpReceiver();
  writeFileSync(join(cwd, "ok"), "");
  const { code, stderr } = await fm(["run", PIPELINE, "--otlp", receiver.address], { cwd });
  expect(code).toBe(0);
  const spans = receiver.taken();
  expect(faultsOf(spans)).toEqual([]);
  expect(sorted(outlineOf(spans))).toEqual(
    sorted([
      "invoke_workflow traced",
      ...["  each", "    each round", "      body", "    each round", "      body"],
      ...["  guard", "    guard try", "      bad", "    guard catch", "      saved"],
      ...["  call", "    call called", "      inner"],
      ...["  ask", "    chat", "  ask", "    chat", "  last"],
    ]),
  );
  expect(stderr).toContain(`trace ${spans[0]?.traceId} to ${receiver.address}`);
  for (const { path, headers } of receiver.received) {
    expect(path).toBe("/v1/traces");
    expect(headers["content-type"]).toBe("application/json");
  }
  const [busy, answered] = spans.filter(({ name }) => name === "chat");
  expect(busy).toMatchObject({ kind: 3, status: { code: 2 }, attributes: { "error.type": "CONNECTIVITY" } });
  expect(answered).toMatchObject({
    kind: 3,
    status: {},
    attributes: {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": "local",
      "gen_ai.response.model": "test-model-7",
      "gen_ai.request.temperature": 0.5,
      "gen_ai.request.max_tokens": 100,
      "gen_ai.response.finish_reasons": ["stop"],
      "gen_ai.usage.input_tokens": 20,
      "gen_ai.usage.output_tokens": 5,
      "flowmason.cost_usd": 0.00003,
    },
  });
  const attempts = spans.filter(({ name }) => name === "ask").map(({ attributes }) => attributes);
  expect(attempts.map((each) => each["flowmason.stage.attempt"])).toEqual([1, 2]);
  expect(attempts[0]).toMatchObject({ "error.type": "CONNECTIVITY", "flowmason.stage.next": "retry" });
  const [root] = named(spans, "invoke_workflow traced");
  expect(root?.events.find(({ name }) => name === "flowmason.stage.skipped")?.attributes).toMatchObject({
    "flowmason.stage.address": "skipped",
    "flowmason.skip.cause": "condition",
  });
  const bad = named(spans, "bad")[0];
  expect(bad?.status).toEqual({ code: 2, message: expect.stringContaining("exit code 3") });
  expect(bad?.events).toMatchObject([{ name: "exception", attributes: { "exception.type": "EXECUTION" } }]);
  // Nothing of what was asked and answered is told.
  expect(receiver.received.map(({ body }) => body).join("")).not.toMatch(/PROMPTWORD|ANSWERWORD/);

  const exported = await fm(["export", "latest", "--format", "otlp", "-o", "-"], { cwd });
  expect(byId(spansIn(exported.stdout))).toEqual(byId(spans));
});

test("RV-10 what has ended is sent while the run goes on", async () => {
  const cwd = await tracedProject();
  const receiver = await startOtlpReceiver();
  const command = "until test -e go; do sleep 0.05; done";
  const stages = [
    { id: "first", component_type: "json_transform", config: { template: "x" } },
    { id: "waits", component_type: "command", depends_on: ["first"], config: { command } },
  ];
  writeFileSync(join(cwd, "p.json"), JSON.stringify({ name: "p", stages }));
  const env = { OTEL_BSP_SCHEDULE_DELAY: "1" };
  const { ended } = startFm(["run", "p.json", "--otlp", receiver.address], { cwd, env });
  await expect.poll(() => receiver.taken().map(({ name }) => name), { timeout: 30_000 }).toEqual(["first"]);
  writeFileSync(join(cwd, "go"), "");
  expect((await ended).code).toBe(0);
  expect(outlineOf(receiver.taken())).toEqual(["invoke_workflow p", "  first", "  waits"]);
});

test("RV-10 what models are asked and answer is told only on demand", async () => {
  const cwd = await tracedProject();
  writeFileSync(join(cwd, "ok"), "");
  const receiver = await startOtlpReceiver();
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.address,
    OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "true",
  };
  await fm(["run", PIPELINE], { cwd, env });
  const attributes = named(receiver.taken(), "chat")[1]?.attributes;
  expect(JSON.parse(String(attributes?.["gen_ai.input.messages"]))).toEqual([
    { role: "user", parts: [{ type: "text", content: "What is a PROMPTWORD?" }] },
  ]);
  expect(JSON.parse(String(attributes?.["gen_ai.output.messages"]))).toEqual([
    { role: "assistant", parts: [{ type: "text", content: "ANSWERWORD" }], finish_reason: "stop" },
  ]);
});

test("RV-10 a run that failed and goes on is one trace: what is sent is what its record has", async () => {
  const cwd = await tracedProject();
  const receiver = await startOtlpReceiver();
  const failed = await fm(["run", PIPELINE, "--otlp", receiver.address], { cwd });
  expect(failed.code).toBe(1);
  const first = receiver.taken();
  expect(named(first, "invoke_workflow traced")[0]).toMatchObject({
    status: { code: 2, message: expect.stringContaining("exit code 1") },
    attributes: { "flowmason.run.status": "failed", "error.type": "EXECUTION" },
  });
  writeFileSync(join(cwd, "ok"), "");
  const resumed = await fm(["resume", "latest", "--otlp", receiver.address], { cwd });
  expect(resumed.code).toBe(0);
  const all = receiver.taken();
  expect(faultsOf(all)).toEqual([]);
  expect(sorted(outlineOf(all.slice(first.length)))).toEqual(sorted(["invoke_workflow traced", "  last"]));
  const [before, after] = named(all, "invoke_workflow traced");
  expect(after?.links).toMatchObject([{ traceId: before?.traceId, spanId: before?.spanId }]);
  const { stdout } = await fm(["export", "latest", "--format", "otlp", "-o", "-"], { cwd });
  expect(byId(spansIn(stdout))).toEqual(byId(all));

  const forked = await startOtlpReceiver();
  const fork = await fm(["fork", "latest", "--set", 'ask.config.prompt="Else"', "--otlp", forked.address], {
    cwd,
  });
  expect(fork.code).toBe(0);
  expect(faultsOf(forked.taken())).toEqual([]);
  expect(sorted(outlineOf(forked.taken()))).toEqual(
    sorted(["invoke_workflow traced", "  ask", "    chat", "  last"]),
  );
  const copy = await fm(["export", "latest", "--format", "otlp", "-o", "-"], { cwd });
  expect(byId(spansIn(copy.stdout))).toEqual(byId(forked.taken()));
  expect(forked.taken()[0]?.traceId).not.toBe(before?.traceId);
});

test("the variables of the environment say where to, with what, as part of what, and for whom", async () => {
  const cwd = await tracedProject();
  writeFileSync(join(cwd, "p.json"), small);
  const receiver = await startOtlpReceiver();
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1",
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.address}/in/here`,
    OTEL_EXPORTER_OTLP_HEADERS: "api-key=all%20of%20it,x-one=1",
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-one=2",
    OTEL_EXPORTER_OTLP_COMPRESSION: "gzip",
    OTEL_RESOURCE_ATTRIBUTES: "service.name=other,deployment.environment.name=test%2C1",
    OTEL_SERVICE_NAME: "nightly",
    TRACEPARENT: `00-${traceId}-b7ad6b7169203331-01`,
    TRACESTATE: "vendor=1",
  };
  const { code, stderr } = await fm(["run", "p.json"], { cwd, env });
  expect({ code, warned: stderr.includes("warning") }).toEqual({ code: 0, warned: false });
  const [request] = receiver.received;
  expect(request).toMatchObject({
    path: "/in/here",
    headers: { "api-key": "all of it", "x-one": "2", "content-encoding": "gzip" },
  });
  expect(resourcesIn(request?.body ?? "")).toEqual([
    expect.objectContaining({ "service.name": "nightly", "deployment.environment.name": "test,1" }),
  ]);
  const spans = receiver.taken();
  expect(faultsOf(spans, ["b7ad6b7169203331"])).toEqual([]);
  expect(spans.map((span) => [span.traceId, span.traceState])).toEqual(
    spans.map(() => [traceId, "vendor=1"]),
  );
  expect(stderr).not.toContain("all of it");
});

test("a project names its receiver, which gets the headers of its own variable and no others", async () => {
  const receiver = await startOtlpReceiver();
  const cwd = await tracedProject({
    telemetry: { endpoint: receiver.address, headers_env: "OUR_HEADERS", service_name: "ours" },
  });
  writeFileSync(join(cwd, "p.json"), small);
  const env = {
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=for-another",
    OUR_HEADERS: "x-ours=token-of-ours",
  };
  const { code, stderr } = await fm(["run", "p.json"], { cwd, env });
  expect(code).toBe(0);
  expect(stderr).toContain(`to ${receiver.address}`);
  expect(receiver.received[0]?.headers).toMatchObject({ "x-ours": "token-of-ours" });
  expect(receiver.received[0]?.headers).not.toHaveProperty("authorization");
  expect(resourcesIn(receiver.received[0]?.body ?? "")).toMatchObject([{ "service.name": "ours" }]);
});

test.each([
  ["grpc", { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, /over HTTP, and the environment asks for grpc/],
  [
    "headers that are none",
    { OTEL_EXPORTER_OTLP_HEADERS: "TOKENWORD" },
    /OTEL_EXPORTER_OTLP_HEADERS holds no headers/,
  ],
  [
    "a password",
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://u:TOKENWORD@127.0.0.1:1" },
    /holds a user name or password/,
  ],
  ["another protocol", { OTEL_EXPORTER_OTLP_ENDPOINT: "ftp://127.0.0.1" }, /is no http or https address/],
])("%s is refused before anything has run", async (_what, given, message) => {
  const cwd = await tracedProject();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1", ...given };
  const { code, stderr } = await fm(["run", PIPELINE, "-v"], { cwd, env });
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/▶|TOKENWORD/);
});

test("a misspelt key of telemetry in flowmason.json is refused", async () => {
  const cwd = await tracedProject({ telemetry: { endpont: "http://127.0.0.1:1" } });
  const { code, stderr } = await fm(["run", PIPELINE], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("endpont") });
});

test.each([
  ["OTEL_SDK_DISABLED", { OTEL_SDK_DISABLED: "true" }],
  ["OTEL_TRACES_EXPORTER", { OTEL_TRACES_EXPORTER: "none" }],
  ["TRACEPARENT", { TRACEPARENT: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00" }],
])("%s can say that nothing is sent, and that is said", async (name, env) => {
  const cwd = await tracedProject();
  writeFileSync(join(cwd, "p.json"), small);
  const receiver = await startOtlpReceiver();
  const { code, stderr } = await fm(["run", "p.json", "--otlp", receiver.address], { cwd, env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(`No traces are sent: ${name}`) });
  expect(receiver.received).toEqual([]);
});

test("what a receiver cannot take now is sent again, as late as it says", async () => {
  const cwd = await tracedProject();
  writeFileSync(join(cwd, "p.json"), small);
  const receiver = await startOtlpReceiver([
    { status: 503, headers: { "retry-after": "0" } },
    { status: 429, headers: { "retry-after": "0" } },
  ]);
  const { code, stderr } = await fm(["run", "p.json", "--otlp", receiver.address], { cwd });
  expect({ code, warned: stderr.includes("warning") }).toEqual({ code: 0, warned: false });
  expect(receiver.received).toHaveLength(3);
  expect(outlineOf(receiver.taken())).toEqual(["invoke_workflow small", "  one"]);
});

test.each([
  [
    "refuses",
    [{ status: 401, body: "no\u0000such key" }],
    /2 spans .*status 401 "no such key".*OTEL_EXPORTER_OTLP_HEADERS/,
  ],
  ["sends elsewhere", [{ status: 307, headers: { location: "/x" } }], /2 spans .*status 307/],
  [
    "takes a part",
    [{ status: 200, body: '{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old"}}' }],
    /1 span .*"too old"/,
  ],
] as const)(
  "a receiver that %s is one warning, and the run is as it was",
  async (_what, answers, warning) => {
    const cwd = await tracedProject();
    writeFileSync(join(cwd, "p.json"), small);
    const receiver = await startOtlpReceiver(answers);
    const { code, stdout, stderr } = await fm(["run", "p.json", "--otlp", receiver.address], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "x\n" });
    expect(stderr.split("\n").filter((line) => line.includes("warning"))).toEqual([
      expect.stringMatching(warning),
    ]);
    expect(receiver.received).toHaveLength(1);
  },
);

test("a receiver that is not there, and one that does not answer, are one warning in bounded time", async () => {
  const cwd = await tracedProject();
  writeFileSync(join(cwd, "p.json"), small);
  const silent = await startServer(() => {});
  for (const [address, why] of [
    [await deadAddress(), "cannot be reached"],
    [silent, "did not answer"],
  ] as const) {
    const began = performance.now();
    const env = { OTEL_EXPORTER_OTLP_TIMEOUT: "300" };
    const { code, stdout, stderr } = await fm(["run", "p.json", `--otlp=${address}`], { cwd, env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "x\n" });
    expect(stderr.split("\n").filter((line) => line.includes("warning"))).toEqual([
      expect.stringContaining(why),
    ]);
    expect(performance.now() - began).toBeLessThan(10_000);
  }
});

function named(spans: readonly SentSpan[], name: string): readonly SentSpan[] {
  return spans.filter((span) => span.name === name);
}

function byId(spans: readonly SentSpan[]): readonly SentSpan[] {
  return spans.toSorted((a, b) => (a.spanId < b.spanId ? -1 : 1));
}

function sorted(lines: readonly string[]): readonly string[] {
  return lines.toSorted();
}
