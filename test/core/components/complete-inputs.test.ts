import fc from "fast-check";
import { expect, test } from "vitest";
import {
  completeInputs,
  componentDefinitions,
  convertValue,
  findDefinition,
} from "#core/component-definitions";
import type { JsonObject } from "#core/ports";

test.each([
  ["generator", { user_prompt: "hi" }, { prompt: "hi" }],
  [
    "generator",
    { prompt: "a", user_prompt: "b", max_tokens: "12", temperature: null },
    { prompt: "a", max_tokens: 12 },
  ],
  ["generator", { prompt: 5 }, { prompt: "5" }],
  ["generator", { prompt: { a: [1] } }, { prompt: '{"a":[1]}' }],
  ["http_request", { url: "u", timeout: 30000 }, { timeout: 30 }],
  ["http_request", { url: "u", timeout: "10" }, { timeout: 10 }],
  [
    "http_request",
    { url: "u", query_params: { limit: 100, all: true } },
    { params: { limit: "100", all: "true" } },
  ],
  ["logger", { message: "m", level: "WARNING" }, { level: "warning" }],
  [
    "schema_validate",
    { data: null, schema: '{"type": "null"}' },
    { data: null, json_schema: { type: "null" } },
  ],
  ["foreach", { items: "[1, 2]", execution_mode: "parallel" }, { items: [1, 2], parallel: true }],
  ["foreach", { items: "one", execution_mode: "sequential" }, { items: ["one"], parallel: false }],
  ["foreach", { items: [], parallel: "yes" }, { parallel: true }],
  ["critic", { content: "c", criteria: "1. Clear\n2. Short" }, { criteria: ["1. Clear\n2. Short"] }],
  ["improver", { content: "c", instructions: "shorter" }, { improvement_focus: "shorter" }],
  [
    "selector",
    { options: ["a", "b"], selection_criteria: "good" },
    { candidates: ["a", "b"], criteria: ["good"] },
  ],
  ["synthesizer", { sources: ["a", "b"] }, { inputs: ["a", "b"] }],
  ["conditional", { condition: "x", true_stages: ["a"] }, { condition: "x", true_branch_stages: ["a"] }],
  [
    "router",
    { routing_value: 1, branches: { "1": "a" }, default_branch: "b" },
    { value: 1, routes: { "1": ["a"] }, default_route: ["b"] },
  ],
  ["json_transform", { expression: "a.b", data: {} }, { jmespath_expression: "a.b" }],
])("%s takes %j", (type, written, expected) => {
  expect(complete(type, written)).toMatchObject({ ok: true, inputs: expected });
});

test.each([
  ["generator", {}, "prompt", /needs "prompt", which is not given/],
  ["generator", { prompt: null }, "prompt", /needs "prompt", which is null here/],
  ["generator", { prompt: "p", max_tokens: "many" }, "max_tokens", /"max_tokens".*it is "many"/],
  ["generator", { prompt: "p", temperature: 3 }, "temperature", /"temperature".*it is 3/],
  ["http_request", { url: "u", method: "FETCH" }, "method", /"method".*GET/],
  ["foreach", { items: null }, "items", /needs "items", which is null/],
  ["foreach", { items: [], item_variable: "a b" }, "item_variable", /letters, digits and _/],
])("%s refuses %j and names the field", (type, written, field, message) => {
  expect(complete(type, written)).toMatchObject({
    ok: false,
    failure: { type: "VALIDATION", field, message: expect.stringMatching(message) },
  });
});

test("a key __proto__ is a key", () => {
  const inputs = JSON.parse(
    '{"url": "u", "headers": {"__proto__": "x", "a": 1}, "__proto__": {"url": "evil"}}',
  );
  const result = complete("http_request", inputs);
  expect(result.ok && JSON.stringify(result.inputs["headers"])).toBe('{"__proto__":"x","a":"1"}');
});

test("what a component has no field for is left out", () => {
  expect(complete("logger", { message: "m", topic: "t", constructor: 1 })).toMatchObject({
    ok: true,
    inputs: expect.not.objectContaining({ topic: "t" }),
  });
});

test("completing completed inputs changes nothing, whatever they are", () => {
  const types = fc.constantFrom(...componentDefinitions.values());
  fc.assert(
    fc.property(
      types.chain((definition) =>
        fc.tuple(
          fc.constant(definition),
          fc.dictionary(fc.constantFrom(...Object.keys(definition.input.shape), "zzz"), fc.jsonValue()),
        ),
      ),
      ([definition, written]) => {
        const once = completeInputs(definition, written as JsonObject); // jsonValue makes JSON
        if (once.ok) expect(completeInputs(definition, once.inputs)).toEqual(once);
        else expect(once.failure.type).toBe("VALIDATION");
      },
    ),
    { seed: 11, numRuns: 2000 },
  );
});

test.each([
  ["yes", "boolean", true],
  ["Off", "boolean", false],
  ["maybe", "boolean", "maybe"],
  [1, "boolean", true],
  ["1e3", "number", 1000],
  ["", "number", ""],
  ["0x10", "integer", 16],
  ["Infinity", "number", "Infinity"],
  ["{", "object", "{"],
  [true, "string", "true"],
  [null, "string", null],
  [[1, "a"], "string", '[1,"a"]'],
  ["[1", "array", ["[1"]],
  [{ a: 1 }, "array", { a: 1 }],
])("%j as %s is %j", (value, type, expected) => {
  expect(convertValue(value, { type })).toEqual(expected);
});

function complete(type: string, written: JsonObject) {
  const definition = findDefinition(type);
  if (definition === undefined) throw new Error(`There is no ${type}.`);
  return completeInputs(definition, written);
}
