import { expect, test } from "vitest";
import { createExecutor } from "#core/components";
import { planRun, startRun } from "#core/engine";
import { createMemoryJournal, type JournalEvent } from "#core/journal";
import { parsePipeline } from "#core/pipeline";
import type { Json } from "#core/ports";
import { createNodePorts } from "#host";
import { startServer } from "../../support/loopback-server.ts";
import { startOpenAiServer } from "../../support/openai-server.ts";

// The numbers are those of section 8 of the facts: what a pipeline tool must not do.

test("1: what a scaffold writes runs: bare stage names, an improver without feedback, hyphens, `expression`, `schema`", async () => {
  const address = await startServer((_, response) => response.end('{"rows": [{"id": 1}, {"id": 2}]}'));
  const { output } = await run(
    {
      name: "scaffold",
      stages: [
        { id: "fetch", component: "http-request", config: { url: "{{input.url}}" } },
        {
          id: "check",
          component: "schema-validate",
          depends_on: ["fetch"],
          config: { data: "{{fetch.output.body}}", schema: { type: "object", required: ["rows"] } },
        },
        {
          id: "ids",
          component: "json-transform",
          depends_on: ["check"],
          config: { data: "{{check.output.data}}", expression: "rows[].id" },
        },
        {
          id: "improve",
          component: "improver",
          depends_on: ["ids"],
          config: { content: "Ids {{ids.output.result}}", criteria: ["clarity"] },
        },
      ],
      output_stage_id: "improve",
    },
    { input: { url: address } },
  );
  expect(output).toMatchObject({ improved_content: "Ids [1,2]" });
});

test("2: what a gallery writes runs: criteria as one text, `.content` of an improver, Python, inputs left out", async () => {
  const { output } = await run(
    {
      name: "gallery",
      input_schema: {
        type: "object",
        properties: { text: { type: "string" }, notes: { type: "string" } },
        required: ["text"],
      },
      stages: [
        {
          id: "judge",
          component_type: "critic",
          config: { content: "{{input.text}}{{input.notes}}", criteria: "1. clear\n2. short" },
        },
        {
          id: "improve",
          component_type: "improver",
          depends_on: ["judge"],
          config: { content: "{{input.text}}", feedback: "{{upstream.judge.feedback}}" },
        },
        {
          id: "shape",
          component_type: "json-transform",
          depends_on: ["improve"],
          config: {
            data: { items: [{ n: 1 }, { n: 2 }, { n: 3 }] },
            template: {
              total: "{{sum([i.n for i in data.items if i.n > 1])}}",
              first: "{{data.items[:2]}}",
              text: "{{upstream.improve.content}}",
              none: "{{'some' if data.get('others') else 'none'}}",
            },
          },
        },
      ],
      output_stage_id: "shape",
    },
    { input: { text: "A text." } },
  );
  expect(output).toEqual({ total: 5, first: [{ n: 1 }, { n: 2 }], text: "A text.", none: "none" });
});

test("3: stages as a map, with nested bodies, run", async () => {
  const { output } = await run(
    {
      name: "map",
      stages: {
        each: {
          component: "foreach",
          config: { items: "{{input.names}}", execution_mode: "parallel" },
          loop_stages: {
            greet: { component: "json_transform", config: { template: "{{item}} {{loop_index + 1}}" } },
          },
        },
      },
      output_stage: "each",
    },
    { input: { names: ["Ada", "Alan"] } },
  );
  expect(output).toMatchObject({ results: ["Ada 1", "Alan 2"] });
});

test("4: input_mapping, llm_settings, the stage's provider, retry_config and on_error count", async () => {
  const server = await startOpenAiServer({ kind: "text", pieces: ["Good day"], usage: "told" });
  const broken = await startOpenAiServer({ kind: "status", status: 503, body: "{}" });
  const { status, events } = await run(
    {
      name: "settings",
      stages: [
        {
          id: "ask",
          component_type: "generator",
          config: { prompt: "from config" },
          input_mapping: { prompt: "from {{input.where}}" },
          llm_settings: {
            ...{ provider: "local", model: "m7", temperature: 0.3, max_tokens: 99, top_p: 0.5 },
            stop_sequences: ["END"],
          },
        },
        {
          id: "fails",
          component_type: "generator",
          config: { prompt: "x", provider: "broken", model: "m" },
          retry_config: { max_retries: 2, initial_delay_ms: 100, max_delay_ms: 1000, backoff_multiplier: 1 },
          on_error: "continue",
        },
        {
          id: "slow",
          component_type: "http_request",
          config: { url: "{{input.slow}}" },
          timeout_ms: 100,
          on_error: "continue",
        },
      ],
    },
    {
      input: { where: "the mapping", slow: await startServer(() => {}) },
      provider: null,
      providers: { local: { base_url: server.address }, broken: { base_url: broken.address } },
    },
  );
  expect(status).toBe("succeeded");
  expect(server.requests.map(({ body }) => body)).toEqual([
    expect.objectContaining({
      ...{ model: "m7", temperature: 0.3, max_tokens: 99, top_p: 0.5, stop: ["END"] },
      messages: [{ role: "user", content: "from the mapping" }],
    }),
  ]);
  expect(broken.requests).toHaveLength(3);
  expect(failureOf(events, "slow")).toMatchObject({ type: "TIMEOUT" });
});

test.each([
  "__import__('os').system('true')",
  "().__class__.__bases__[0]",
  "value.constructor.constructor('return 1')()",
])("7: no condition reaches beyond its language, and its error is the stage's: %s", async (condition) => {
  const pipeline = {
    name: "conditions",
    stages: [
      {
        id: "decide",
        component_type: "conditional",
        config: { condition: 1, condition_expression: condition },
      },
    ],
  };
  const planned = planRun(parsePipeline(JSON.stringify(pipeline)), { input: {} });
  if (!planned.ok) return expect(planned.problems.map(({ code }) => code)).toContain("FM2014");
  const { status, events } = await run(pipeline, { input: {} });
  expect(status).toBe("failed");
  return expect(failureOf(events, "decide")).toMatchObject({ type: "EXPRESSION" });
});

test("12: a provider's error fails the stage with its type, and is tried again", async () => {
  const server = await startOpenAiServer({
    kind: "status",
    status: 429,
    body: '{"error":{"message":"slow down"}}',
  });
  const { status, events } = await run(
    {
      name: "limits",
      stages: [
        { id: "ask", component_type: "generator", config: { prompt: "x" }, retry: 1 },
        { id: "after", component_type: "logger", config: { message: "{{ask.content}}" } },
      ],
    },
    { input: {}, provider: "local", providers: { local: { base_url: server.address, model: "m" } } },
  );
  expect(status).toBe("failed");
  expect(server.requests).toHaveLength(2);
  expect(failureOf(events, "ask")).toMatchObject({
    type: "CONNECTIVITY",
    message: expect.stringContaining("slow down"),
  });
  expect(events.some((event) => event.kind === "stage-succeeded")).toBe(false);
});

test("14: tokens are told as they come", async () => {
  const server = await startOpenAiServer({ kind: "text", pieces: ["Good ", "day"], usage: "told" });
  const { events } = await run(
    { name: "stream", stages: [{ id: "ask", component_type: "generator", config: { prompt: "x" } }] },
    { input: {}, provider: "local", providers: { local: { base_url: server.address, model: "m" } } },
  );
  const told = events.map((event) => (event.kind === "stage-delta" ? event.text : event.kind));
  expect(told.filter((entry) => entry !== "run-started" && entry !== "run-finished")).toEqual([
    ...["stage-started", "model-called", "Good ", "day", "model-answered", "stage-succeeded"],
  ]);
});

test("17: a variable that is set is set", async () => {
  const { output } = await run(
    {
      name: "variables",
      stages: [
        { id: "set", component_type: "variable_set", config: { name: "total", value: "{{input.n}}" } },
        {
          id: "read",
          component_type: "json_transform",
          depends_on: ["set"],
          config: { template: ["{{vars.total + 1}}", "{{context.total}}"] },
        },
      ],
      output_stage_id: "read",
    },
    { input: { n: 4 } },
  );
  expect(output).toEqual([5, 4]);
});

test.each(["generator", "critic", "improver", "selector", "synthesizer"])(
  "18: without a key %s fails and names the variable; nothing answers in a model's place",
  async (component_type) => {
    const config = { prompt: "x", content: "x", candidates: ["a", "b"], inputs: ["a", "b"] };
    const { status, events } = await run(
      { name: "keyless", stages: [{ id: "ask", component_type, config: { ...config, provider: "openai" } }] },
      { input: {}, provider: null },
    );
    expect(status).toBe("failed");
    expect(failureOf(events, "ask")).toMatchObject({
      type: "SECURITY",
      message: expect.stringContaining("OPENAI_API_KEY"),
    });
  },
);

test.each(["email", "database", "message_queue"])("20: a delivery to %s is no success", async (type) => {
  const stage = (destination: Json) => ({
    name: "deliver",
    stages: [
      {
        id: "send",
        component_type: "output_router",
        config: { data: 1, destinations: [destination] },
      },
    ],
  });
  const written = stage({ id: "a", type, name: "A", config: {} });
  expect(planRun(parsePipeline(JSON.stringify(written)), { input: {} })).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringContaining(`delivers nothing to the type "${type}"`) }],
  });
  const { output } = await run(stage({ id: "a", type: "{{input.type}}", name: "A", config: {} }), {
    input: { type },
  });
  expect(output).toMatchObject({ successful_deliveries: 0, failed_deliveries: 1, all_succeeded: false });
});

interface Surroundings {
  readonly input: Json;
  /** Replaces every stage's; offline unless told. */
  readonly provider?: string | null;
  readonly providers?: Parameters<typeof createNodePorts>[0]["providers"];
}

async function run(pipeline: object, { input, provider = "offline", providers = {} }: Surroundings) {
  const planned = planRun(parsePipeline(JSON.stringify(pipeline)), { input, provider });
  if (!planned.ok) throw new Error(planned.problems.map(({ message }) => message).join("\n"));
  const ports = createNodePorts({ workspaceRoot: "/", env: {}, providers });
  const events: JournalEvent[] = [];
  const { clock, random } = ports;
  const started = startRun(planned.plan, {
    ...{ executor: createExecutor(ports), clock, random, journal: createMemoryJournal() },
    onEvent: (event) => events.push(event),
  });
  const { status, output } = await started.finished;
  return { status, output, events };
}

function failureOf(events: readonly JournalEvent[], stage: string): unknown {
  const last = events.findLast((event) => event.kind === "stage-failed" && event.address.stage === stage);
  return last?.kind === "stage-failed" ? last.failure : undefined;
}
