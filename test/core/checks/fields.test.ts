import { describe, expect, test } from "vitest";
import type { RuleName } from "#core/checks";
import { compare, problemsOf, ruleNameOf } from "./marked.ts";

function expectMarked(source: string, rule: RuleName): void {
  const { found, expected } = compare(source, rule);
  expect(found).toEqual(expected);
}

function stage(type: string, config: string, more = ""): string {
  return `{ "stages": [{ "id": "a", "component_type": "${type}", "config": { ${config} }${more} }] }`;
}

const logger = (more: string): string => stage("logger", '"message": "x"', more);

test("a pipeline's fields: slips are told, fields of one's own are not", () => {
  for (const slip of ["input_shema", "ouput_schema", "descripton", "extend", "stagess"])
    expectMarked(`{ ⟦"${slip}"⟧: null, "stages": [] }`, "unknown-pipeline-field");
  expectMarked('{ "owner": "me", "$comment": "", "notes": [], "stages": [] }', "unknown-pipeline-field");
});

test("keys of settings: each unknown one is told, in whatever setting", () => {
  expectMarked(logger(', "retry_config": { "max_retries": 1, ⟦"delay"⟧: 2 }'), "unknown-setting-key");
  expectMarked(logger(', "llm_settings": { ⟦"temprature"⟧: 1, "top_p": 1 }'), "unknown-setting-key");
  expectMarked(
    logger(', "error_handling": { "on_error": "continue", ⟦"retries"⟧: 1 }'),
    "unknown-setting-key",
  );
  expectMarked('{ "concurrency": { ⟦"max_paralell"⟧: 2 }, "stages": [] }', "unknown-setting-key");
  expectMarked(logger(', "retry": 3, "metadata": { "any": 1 }'), "unknown-setting-key");
});

describe("fields without effect", () => {
  test.each([
    [logger(', "timeout_ms": 1, ⟦"timeout"⟧: 2')],
    [logger(', "retry": 1, ⟦"retry_config"⟧: {}')],
    [logger(', "retry": 1, "error_handling": { ⟦"max_retries"⟧: 1, ⟦"retry_delay"⟧: 1 }')],
    [logger(', "on_error": "continue", "error_handling": { ⟦"on_error"⟧: "propagate" }')],
    [stage("generator", '"prompt": "x", ⟦"user_prompt"⟧: "y"')],
    [stage("generator", '⟦"user_prompt"⟧: "y", "prompt": "x"')],
    [stage("logger", '⟦"message"⟧: "x"', ', "input_mapping": { "message": "y" }')],
    [stage("json_transform", '"data": {}, "jmespath_expression": "a", ⟦"mapping"⟧: {}')],
    [stage("foreach", '"items": [1], "loop_stages": [], ⟦"max_parallel"⟧: 2')],
    [
      stage(
        "foreach",
        '"items": [1], "loop_stages": [], ⟦"max_parallel"⟧: 2, "execution_mode": "sequential"',
      ),
    ],
  ])("%s", (source) => expectMarked(source, "field-without-effect"));

  test.each([
    [logger(', "timeout_ms": null, "timeout": 2')],
    [logger(', "error_handling": { "on_error": "retry", "max_retries": 1 }')],
    [stage("foreach", '"items": [1], "loop_stages": [], "max_parallel": 2, "parallel": "{{ input.p }}"')],
    [stage("foreach", '"items": [1], "loop_stages": [], "max_parallel": 2, "execution_mode": "parallel"')],
    [stage("logger", '"message": "x", "message": "y"')],
  ])("none in %s", (source) => expectMarked(source, "field-without-effect"));
});

describe("LS-18 secrets as literals", () => {
  const secret = (key: string, value: string): string =>
    stage("http_request", `"url": "https://x.org", "headers": { "${key}": ${value} }`);

  test.each([
    ["Authorization", "Bearer 7Yp2Qx9LmW4kTz8R"],
    ["x-api-key", "9f8a7c6d5e4b3a2918"],
    ["api_key", "A1b2C3d4E5f6G7"],
    ["X-Any", "sk-proj-4Fz8Qw1Rt6Yb3Nm9Lk2Jh5"],
    ["X-Any", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"],
    ["X-Any", "key AKIAIOSFODNN7QRSTUVW here"],
    ["X-Any", "xoxb-2147483647-9a8b7c6d5e4f"],
    ["X-Any", "-----BEGIN RSA PRIVATE KEY-----\\nMIIE"],
    ["password", "hunter2"],
  ])("%s: %s", (key, value) => expectMarked(secret(key, `⟦"${value}"⟧`), "literal-secret"));

  test.each([
    ["Authorization", "Bearer {{ env.TOKEN }}"],
    ["Authorization", "Bearer YOUR_API_KEY"],
    ["Authorization", "Bearer <token>"],
    ["api_key", "sk-..."],
    ["api_key", "sk-xxxxxxxxxxxxxxxxxxxxxxxx1"],
    ["api_key", "your-key-here-1234567890"],
    ["token", "response.body.access_token"],
    ["token", "data"],
    ["password", "user.password"],
    ["password", "changeme"],
    ["X-Any", "sk-learn-is-a-library-for-python"],
    ["X-Request-Id", "7Yp2Qx9LmW4kTz8R"],
    ["X-Any", "AKIA"],
  ])("none in %s: %s", (key, value) => expectMarked(secret(key, `"${value}"`), "literal-secret"));

  test("a mapping, a schema and a prompt are about names and texts, not values", () => {
    expectMarked(
      stage("json_transform", '"data": {}, "mapping": { "token": "a1b2c3d4e5f6g7" }'),
      "literal-secret",
    );
    expectMarked(stage("generator", '"prompt": "x", "max_tokens": 100'), "literal-secret");
  });

  test("in what the pipeline sets for all stages", () => {
    expectMarked(
      '{ "env": { "API_KEY": ⟦"A1b2C3d4E5f6G7"⟧, "REGION": "eu-1" }, "stages": [] }',
      "literal-secret",
    );
  });
});

test("a check of a long text takes no time that grows faster than the text", () => {
  // Each of these makes a careless pattern go back over what it has read.
  for (const piece of ["sk-", "Bearer ", "{a", "${", "a.", "=", "-----BEGIN "]) {
    const text = stage(
      "generator",
      `"prompt": "${piece.repeat(50_000)}", "api_key": "${piece.repeat(1000)}"`,
    );
    expect(problemsOf(text).map((problem) => ruleNameOf(problem))).not.toContain("json-syntax");
  }
});
