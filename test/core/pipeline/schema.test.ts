import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parsePipeline, pipelineJsonSchema, pipelineSchema } from "#core/pipeline";
import { corpusFiles } from "../../support/corpus.ts";

const canonical = corpusFiles().filter(({ text }) => ["L1", "L1x"].includes(parsePipeline(text).dialect));

test.each(canonical)("$name has the shape of the schema, and loses nothing by it", ({ text }) => {
  expect(pipelineSchema().parse(JSON.parse(text))).toEqual(JSON.parse(text));
});

test("the published JSON Schema says the same", () => {
  const validate = new Ajv({ strict: false }).compile(pipelineJsonSchema());
  for (const { text } of canonical) expect(validate(JSON.parse(text))).toBe(true);
  expect(validate({ name: "n", stages: [{ id: "a" }] })).toBe(false);
});

describe("the schema and the reader refuse the same", () => {
  const stage = { id: "a", component_type: "generator" };
  const cases: readonly [what: string, accepted: boolean, stage: unknown][] = [
    ["a plain stage", true, stage],
    ["unknown keys", true, { ...stage, colour: "red" }],
    ["no id", false, { component_type: "generator" }],
    ["an id with a space", false, { ...stage, id: "a b" }],
    ["no component", false, { id: "a" }],
    ["text for a stage", false, "a"],
    ["config that is a list", false, { ...stage, config: [] }],
    ["depends_on that is text", false, { ...stage, depends_on: "a" }],
    ["a number in depends_on", false, { ...stage, depends_on: [1] }],
    ["a trigger rule of Airflow", true, { ...stage, trigger_rule: "all_done" }],
    ["another trigger rule", false, { ...stage, trigger_rule: "sometimes" }],
    ["on_error: continue", true, { ...stage, on_error: "continue" }],
    ["another on_error", false, { ...stage, on_error: "ignore" }],
    ["retry: 2", true, { ...stage, retry: 2 }],
    ["retry: -1", false, { ...stage, retry: -1 }],
    ["retry: 1.5", false, { ...stage, retry: 1.5 }],
    ["a retry_config", true, { ...stage, retry_config: { max_retries: 1, initial_delay_ms: 5 } }],
    ["a shrinking back-off", false, { ...stage, retry: { backoff_multiplier: 0.5 } }],
    ["timeout: 30", true, { ...stage, timeout: 30 }],
    ["timeout: 0", false, { ...stage, timeout: 0 }],
    ["timeout_ms as text", false, { ...stage, timeout_ms: "30" }],
    ["enabled as text", false, { ...stage, enabled: "no" }],
    ["a temperature as text", false, { ...stage, llm_settings: { temperature: "hot" } }],
  ];

  test.each(cases)("%s", (_, accepted, item) => {
    const pipeline = { name: "n", stages: [item] };
    expect(pipelineSchema().safeParse(pipeline).success).toBe(accepted);
    const errors = parsePipeline(JSON.stringify(pipeline)).problems.filter(
      ({ severity }) => severity === "error",
    );
    expect(errors.length === 0).toBe(accepted);
  });
});
