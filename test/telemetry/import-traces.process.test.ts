import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fm, temporaryFolder } from "../support/fm.ts";
import { tracedProject } from "./traced-project.ts";

const PIPELINE = "traced.pipeline.json";

/** What a document of fm show says of a run that a trace says too. */
async function shown(cwd: string): Promise<object> {
  const { code, stdout } = await fm(["show", "latest", "--json"], { cwd });
  expect(code).toBe(0);
  const { run, input: _input, output: _output, seq: _seq, stages } = JSON.parse(stdout);
  const { failure, events: _events, bytes: _bytes, ...known } = run;
  return { known, failure: failure?.message ?? null, stages: byAddress(stages).map(told) };
}

/** Of what began in one millisecond a trace does not say which was first. */
function byAddress(stages: readonly Record<string, string>[]): readonly Record<string, unknown>[] {
  return stages.toSorted((a, b) => String(a["stage"]).localeCompare(String(b["stage"])));
}

function told({ inputs: _inputs, output: _output, failure, ...stage }: Record<string, unknown>): object {
  const { details: _details, ...why } = Object(failure);
  return { ...stage, failure: failure === null ? null : why };
}

test.each(["failed", "resumed"] as const)(
  "RV-10 an export of a run that %s gives it back: stages, attempts, times, tokens, cost",
  async (how) => {
    const cwd = await tracedProject();
    expect((await fm(["run", PIPELINE], { cwd })).code).toBe(1);
    writeFileSync(join(cwd, "ok"), "");
    if (how === "resumed") expect((await fm(["resume", "latest"], { cwd })).code).toBe(0);
    const folder = await temporaryFolder();
    const file = join(folder, "trace.json");
    expect((await fm(["export", "latest", "--format", "otlp", "-o", file], { cwd })).code).toBe(0);
    const { code, stderr } = await fm(["import", file], { cwd: folder });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining("are in no trace") });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    const back = await shown(folder);
    expect(back).toMatchObject({ known: { status: how === "resumed" ? "succeeded" : "failed" } });
    expect(back).toEqual(await shown(cwd));
  },
);

test("a run that came from traces is a record to look at: it is taken in once, drawn, and does not go on", async () => {
  const folder = await temporaryFolder();
  const file = join(folder, "trace.json");
  const cwd = await tracedProject();
  expect((await fm(["run", PIPELINE], { cwd })).code).toBe(1);
  expect((await fm(["export", "latest", "--format", "otlp", "-o", file], { cwd })).code).toBe(0);
  const { stdout } = await fm(["import", file], { cwd: folder });
  const again = await fm(["import", file], { cwd: folder });
  const isThere = `There is a run ${stdout.trim()} in this workspace already`;
  expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining(isThere) });
  const graph = await fm(["graph", "latest"], { cwd: folder });
  expect(graph).toMatchObject({ code: 0, stdout: expect.stringContaining("body") });
  for (const command of ["fork", "resume"]) {
    const { code, stderr } = await fm([command, "latest"], { cwd: folder });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("does not have the pipeline"),
    });
  }
});

const trace = "5b8efff798038103d269b633813fc60c";
const nanos = (ms: number): string => `${1_790_000_000_000 + ms}000456`;
const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } });
const whole = (key: string, intValue: string | number): object => ({ key, value: { intValue } });

/** A trace of an agent of another program, as a collector writes it: a request a line. */
const agent = [
  {
    resourceSpans: [
      {
        resource: { attributes: [text("service.name", "shop")] },
        scopeSpans: [
          {
            scope: { name: "other" },
            spans: [
              {
                ...{
                  traceId: trace.toUpperCase(),
                  spanId: "00f067aa0ba902b7",
                  parentSpanId: "",
                  name: "POST /ask",
                },
                ...{ kind: 2, startTimeUnixNano: nanos(0), endTimeUnixNano: nanos(900), status: {} },
              },
              {
                ...{ traceId: trace, spanId: "00f067aa0ba902b8", parentSpanId: "00f067aa0ba902b7" },
                ...{
                  name: "chat gpt-4o",
                  kind: 3,
                  startTimeUnixNano: nanos(100),
                  endTimeUnixNano: nanos(400),
                },
                attributes: [
                  text("gen_ai.operation.name", "chat"),
                  text("gen_ai.provider.name", "openai"),
                  text("gen_ai.request.model", "gpt-4o"),
                  text("gen_ai.response.model", "gpt-4o-2024-08-06"),
                  whole("gen_ai.usage.input_tokens", "120"),
                  whole("gen_ai.usage.output_tokens", 30),
                  text("gen_ai.input.messages", '[{"role":"user","parts":[{"type":"text","content":"Hi"}]}]'),
                ],
                events: [
                  { name: "first token", timeUnixNano: nanos(200), attributes: [text("note", "early")] },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                ...{ traceId: trace, spanId: "00f067aa0ba902b9", parentSpanId: "00f067aa0ba902b7" },
                ...{ name: "chat gpt-4o", kind: "SPAN_KIND_CLIENT" },
                ...{ startTimeUnixNano: nanos(500), endTimeUnixNano: nanos(800) },
                // As the conventions had it before.
                attributes: [
                  text("gen_ai.system", "openai"),
                  text("gen_ai.request.model", "gpt-4o"),
                  whole("gen_ai.usage.prompt_tokens", 7),
                ],
                status: { code: 2, message: "rate limited" },
                links: [{ traceId: trace, spanId: "00f067aa0ba902b8" }],
              },
              { traceId: "short", spanId: "x" },
            ],
          },
        ],
      },
    ],
  },
]
  .map((request) => JSON.stringify(request))
  .join("\n");

test("RV-10 a trace of another program becomes a run with a stage for each span; what has no place is said", async () => {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "t.jsonl"), `${agent}\n{"torn\n`);
  const { code, stdout, stderr } = await fm(["import", "t.jsonl", "--json"], { cwd });
  expect(code).toBe(0);
  const { run, runs, notes } = JSON.parse(stdout);
  expect(runs).toEqual([run]);
  expect(notes).toEqual([
    "1 of its 3 lines are no JSON and are left out.",
    expect.stringMatching(/^1 spans cannot be read and are left out; of the first, traceId: an id of 32/),
    expect.stringContaining("are in no trace"),
    "Not taken in: links between spans.",
  ]);
  for (const note of notes) expect(stderr).toContain(note);
  const shownRun = JSON.parse((await fm(["show", run, "--json"], { cwd })).stdout);
  expect(shownRun.run).toMatchObject({
    ...{ pipeline: "POST /ask", status: "succeeded", duration_ms: 900 },
    ...{ input_tokens: 127, output_tokens: 30, cost_usd: null },
  });
  const stages = shownRun.stages.map((stage: Record<string, unknown>) => [
    ...[stage["stage"], stage["component"], stage["status"], stage["duration_ms"]],
  ]);
  expect(stages).toEqual([
    ["POST_ask", "server", "succeeded", 900],
    ["chat_gpt-4o", "chat", "succeeded", 300],
    ["chat_gpt-4o_2", "client", "failed", 300],
  ]);
  expect(shownRun.stages[1].usage).toMatchObject([
    { provider: "openai", model: "gpt-4o-2024-08-06", inputTokens: 120, outputTokens: 30, durationMs: 300 },
  ]);
  expect(shownRun.stages[2].failure.message).toBe("rate limited");
  const logs = await fm(["logs", run, "chat_gpt-4o"], { cwd });
  expect(logs.stdout).toMatch(/span .*"parent":"POST_ask".*"gen_ai.provider.name":"openai"/);
  expect(logs.stdout).toMatch(/first token .*early/);
  expect((await fm(["runs"], { cwd })).stdout).toContain("POST /ask");
  expect((await fm(["graph", run], { cwd })).stdout).toContain("failed · 300 ms");
  // The same trace is the same run.
  expect((await fm(["import", "t.jsonl"], { cwd })).code).toBe(2);
});

test("what is no trace, or has no span, is refused", async () => {
  const cwd = await temporaryFolder();
  const nowhere = {
    traceId: trace,
    spanId: "00f067aa0ba902b7",
    name: "x",
    startTimeUnixNano: "1",
    endTimeUnixNano: "2",
  };
  const climbing = {
    ...nowhere,
    attributes: [text("flowmason.run.id", "../../up"), text("flowmason.pipeline.path", "../up.json")],
  };
  for (const [file, content, message] of [
    ["none.json", '{"resourceSpans": []}', "There is no span in it"],
    ["wrong.json", '{"resourceSpans": {}}', "is no request of OTLP"],
    [
      "up.json",
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [climbing] }] }] }),
      "outside the workspace",
    ],
    ["other.json", '{"spans": []}\n', "no journal header"],
  ] as const) {
    writeFileSync(join(cwd, file), content);
    const { code, stderr } = await fm(["import", file], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  }
  expect((await fm(["runs"], { cwd })).stderr).toContain("No run");
});
