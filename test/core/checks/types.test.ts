import { describe, expect, test } from "vitest";
import { evaluate, functionReference, inferKinds, parseExpression } from "#core/expressions";
import { resultKinds } from "../../../core/expressions/infer/result-kinds.ts";
import { scopeOf } from "../expressions/scope-of.ts";
import { compare } from "./marked.ts";

const schema =
  '"input_schema": { "type": "object", "required": ["list", "flag", "text", "count", "thing"], "properties": { "list": { "type": "array" }, "flag": { "type": "boolean" }, "text": { "type": "string" }, "count": { "type": "integer" }, "thing": { "type": "object" }, "maybe": { "type": "object" }, "either": { "type": ["object", "string"] } } }';

/** A stage that takes the expression in a field, after a request and a filter. */
function pipeline(type: string, config: string): string {
  return `{ ${schema}, "stages": [
    { "id": "fetch", "component_type": "http_request", "config": { "url": "https://x.org" } },
    { "id": "safe", "component_type": "http_request", "on_error": "continue", "config": { "url": "https://x.org" } },
    { "id": "a", "component_type": "${type}", "config": { ${config} } } ] }`;
}

describe("LS-09 what an expression gives against what the field takes", () => {
  test.each([
    ["foreach", '"loop_stages": [], "items": "{{ ⟦input.thing⟧ }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ ⟦upstream.fetch.headers⟧ }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ ⟦fetch.output.headers⟧ }}"'],
    ["foreach", '"loop_stages": [], "items": [1], "parallel": "{{ ⟦input.list⟧ }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ ⟦[1]⟧ }}"'],
    ["generator", '"prompt": "x", "temperature": "{{ ⟦input.flag⟧ }}"'],
    ["generator", '"prompt": "x", "temperature": "{{ ⟦input.count > 1⟧ }}"'],
    ["generator", '"prompt": "x", "temperature": "{{ ⟦input.list if input.flag else input.thing⟧ }}"'],
    ["http_request", '"url": "https://x.org", "headers": "{{ ⟦len(input.list)⟧ }}"'],
    ["http_request", '"url": "https://x.org", "method": "{{ ⟦input.count⟧ }}"'],
  ])("%s { %s }", (type, config) => {
    const { found, expected } = compare(pipeline(type, config), "type-mismatch");
    expect(found).toEqual(expected);
  });

  test.each([
    // Any value but null is text, a scalar is a list of one, a text may hold JSON or a number.
    ["generator", '"prompt": "{{ input.thing }}"'],
    ["generator", '"prompt": "{{ upstream.fetch.status_code }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ input.text }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ input.count }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ input.text }}"'],
    // What is optional may be null, and null means not given.
    ["generator", '"prompt": "x", "max_tokens": "{{ input.maybe }}"'],
    ["http_request", '"url": "https://x.org", "headers": "{{ input.either }}"'],
    // Nothing is known of these.
    ["foreach", '"loop_stages": [], "items": "{{ upstream.fetch.body }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ upstream.safe.headers }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ input.thing.list }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ input.thing or input.list }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ input.thing | list }}"'],
    // Embedded in text it is text.
    ["generator", '"prompt": "x", "max_tokens": "1{{ input.count }}"'],
  ])("nothing certain in %s { %s }", (type, config) => {
    expect(compare(pipeline(type, config), "type-mismatch").found).toEqual([]);
  });
});

describe("what is inferred is what comes out", () => {
  test("each function whose result is known exists, and gives that kind", () => {
    const calls: readonly (readonly [string, string])[] = [
      ["len([1])", "number"],
      ["int('7')", "number"],
      ["float('7')", "number"],
      ["bool(1)", "boolean"],
      ["isinstance(1, 'int')", "boolean"],
      ["str(1)", "text"],
      ["upper('a')", "text"],
      ["lower('A')", "text"],
      ["title('a')", "text"],
      ["capitalize('a')", "text"],
      ["tojson([1])", "text"],
      ["type(1)", "text"],
      ["range(3)", "list"],
      ["keys({'a': 1})", "list"],
      ["values({'a': 1})", "list"],
      ["items({'a': 1})", "list"],
      ["enumerate([1])", "list"],
      ["zip([1], [2])", "list"],
      ["dict({'a': 1})", "object"],
    ];
    expect(calls.map(([call]) => call.slice(0, call.indexOf("("))).toSorted()).toEqual(
      [...resultKinds.keys()].toSorted(),
    );
    const functions = new Set(functionReference().map(({ name }) => name));
    for (const [text, kind] of calls) {
      const parsed = parseExpression(text);
      expect(parsed.problems, text).toEqual([]);
      const { expression } = parsed;
      if (expression === null) throw new Error(text);
      expect([...(inferKinds(expression, () => undefined) ?? [])], text).toEqual([kind]);
      const evaluation = evaluate(parsed, scopeOf({}));
      expect(evaluation, text).toMatchObject({ ok: true });
      if (evaluation.ok) expect(kindOf(evaluation.value), text).toBe(kind);
      expect(functions.has(text.slice(0, text.indexOf("("))), text).toBe(true);
    }
  });
});

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return { string: "text", number: "number", boolean: "boolean", object: "object" }[typeof value as "string"];
}
