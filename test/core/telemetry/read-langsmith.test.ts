import { describe, expect, test } from "vitest";
import { looksLikeLangsmith, readLangsmith } from "#core/telemetry";
import { langsmithRuns } from "../../telemetry/langsmith-runs.ts";

const run = { id: "a", name: "a", run_type: "chain", start_time: 1_000, end_time: 2_000 };
const only = (more: object) => readLangsmith(JSON.stringify({ ...run, ...more })).spans[0];

describe("the forms of a file", () => {
  const [first = {}, ...others] = langsmithRuns;
  const whole = readLangsmith(JSON.stringify(langsmithRuns));
  test.each([
    ["an answer of the API", JSON.stringify({ runs: langsmithRuns, cursors: {} }, null, 2)],
    ["a line each", langsmithRuns.map((each) => JSON.stringify(each)).join("\n")],
    ["with a mark of the byte order", `\uFEFF${JSON.stringify([first, ...others])}`],
  ])("%s", (_, text) => {
    expect(looksLikeLangsmith(text)).toBe(true);
    expect(readLangsmith(text)).toEqual(whole);
    expect(whole.spans).toHaveLength(4);
  });

  test("runs within runs, which need not say where they are", () => {
    const inner = { ...run, id: "c", child_runs: [] };
    const text = JSON.stringify({ ...run, child_runs: [{ ...run, id: "b", child_runs: [inner] }] });
    const places = readLangsmith(text).spans.map(({ spanId, parentSpanId, traceId }) => [
      spanId,
      parentSpanId,
      traceId,
    ]);
    expect(places).toEqual([
      ["a", null, "a"],
      ["b", "a", "a"],
      ["c", "b", "a"],
    ]);
  });

  test("the trace is the beginning of the dotted order where nothing else says", () => {
    const dotted_order = "20260921T090000000000Zroot-id.20260921T090000100000Za";
    expect(only({ dotted_order })).toMatchObject({ traceId: "root-id" });
  });

  test.each(['{"kind":"journal","format":2}', '{"resourceSpans":[]}', "words", ""])("not %s", (text) => {
    expect(looksLikeLangsmith(text)).toBe(false);
  });
});

test.each([
  ["2026-09-21T09:00:00.123456", 123],
  ["2026-09-21T09:00:00.123Z", 123],
  ["2026-09-21T11:00:00.123000+02:00", 123],
  [Date.parse("2026-09-21T09:00:00.123Z"), 123],
])("the time %s", (start_time, ms) => {
  expect(only({ start_time, end_time: start_time })?.startMs).toBe(Date.parse("2026-09-21T09:00:00Z") + ms);
});

test("a model's call says what it was asked, what it answered and what that took, in whichever shape", () => {
  const metadata = { ls_provider: "anthropic", ls_model_name: "claude" };
  const llm = { run_type: "llm", extra: { metadata } };
  const answered = {
    ...llm,
    inputs: { prompts: ["Say it."] },
    outputs: {
      message: { role: "assistant", content: "It." },
      usage_metadata: { input_tokens: 3, output_tokens: 2 },
    },
  };
  expect(only(answered)?.attributes).toEqual({
    ...metadata,
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "anthropic",
    "gen_ai.request.model": "claude",
    "gen_ai.usage.input_tokens": 3,
    "gen_ai.usage.output_tokens": 2,
    "gen_ai.input.messages": [{ role: "user", parts: [{ type: "text", content: "Say it." }] }],
    "gen_ai.output.messages": [{ role: "assistant", parts: [{ type: "text", content: "It." }] }],
  });
  const chosen = { ...llm, outputs: { choices: [{ message: { role: "assistant", content: "Yes." } }] } };
  expect(only(chosen)?.attributes).toMatchObject({
    "gen_ai.output.messages": [{ role: "assistant", parts: [{ type: "text", content: "Yes." }] }],
  });
  expect(only({ ...llm, inputs: { unknown: 1 } })?.attributes).not.toHaveProperty(["gen_ai.input.messages"]);
});

test("what cannot be read is left out and told, and what had not ended is no success", () => {
  const file = [
    run,
    { ...run, id: "b", end_time: null },
    { id: "c" },
    { ...run, id: "d", start_time: "soon" },
    7,
  ];
  const { spans, notes } = readLangsmith(`${file.map((each) => JSON.stringify(each)).join("\n")}\n{"torn`);
  expect(spans.map(({ spanId, error }) => [spanId, error])).toEqual([
    ["a", null],
    ["b", "It had not ended when this was written."],
  ]);
  expect(notes).toEqual([
    "1 of its 6 lines are no JSON and are left out.",
    expect.stringMatching(/^3 runs cannot be read and are left out; of the first, start_time: /),
    "1 runs had not ended when the file was written: they stand as failed.",
  ]);
});

test("a file of runs in runs in runs, and names that are no names, break nothing", () => {
  let nested: object = run;
  for (let depth = 0; depth < 1_000; depth += 1) nested = { ...run, id: String(depth), child_runs: [nested] };
  const { notes } = readLangsmith(JSON.stringify(nested));
  expect(notes).toEqual([expect.stringContaining("within too many others")]);
  const forged =
    '{"id":"a","run_type":"llm","start_time":1,"end_time":2,"extra":{"metadata":{"__proto__":{"x":1}}}}';
  expect(Object.hasOwn(readLangsmith(forged).spans[0]?.attributes ?? {}, "x")).toBe(false);
  expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
});
