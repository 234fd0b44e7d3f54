import { describe, expect, test } from "vitest";
import { checkPipeline } from "#core/checks";
import { applyTextEdits, parsePipeline } from "#core/pipeline";
import { compare, problemsOf, ruleNameOf } from "./marked.ts";

const schema =
  '"input_schema": { "type": "object", "required": ["list", "flag", "text", "count", "thing", "rows"], "properties": { "list": { "type": "array" }, "flag": { "type": "boolean" }, "text": { "type": "string" }, "count": { "type": "integer" }, "thing": { "type": "object" }, "rows": { "type": "array", "items": { "type": "object", "properties": { "name": { "type": "string" }, "tags": { "type": "object", "additionalProperties": { "type": "boolean" } } } } }, "maybe": { "type": "object" }, "either": { "type": ["object", "string"] } } }';

/** A stage that takes the expression in a field, after a request and a filter. */
function pipeline(type: string, config: string): string {
  return `{ ${schema}, "stages": [
    { "id": "fetch", "component_type": "http_request", "config": { "url": "https://x.org" } },
    { "id": "safe", "component_type": "http_request", "on_error": "continue", "config": { "url": "https://x.org" } },
    { "id": "valid", "component_type": "schema_validate", "config": { "data": "{{ input.thing }}", "json_schema": {} } },
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
    // Inside of outputs and inputs, as their schemas say.
    ["http_request", '"url": "https://x.org", "headers": "{{ ⟦valid.errors[0].path | len⟧ }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ ⟦input.rows[0].tags⟧ }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ ⟦input.rows[-1].tags.any⟧ }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ ⟦[row.tags for row in input.rows]⟧ }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ ⟦[row.tags.a for row in input.rows if row.name][0]⟧ }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ ⟦input.rows[1:] | first⟧ }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ ⟦valid.errors[:2]⟧ }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ ⟦fetch.headers.items() | first⟧ }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ ⟦upstream.fetch⟧ }}"'],
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
    ["generator", '"prompt": "x", "max_tokens": "{{ input.rows[0].other }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ valid.errors[0].validator_value }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ valid.data }}"'],
    ["generator", '"prompt": "x", "max_tokens": "{{ fetch.result }}"'],
    ["foreach", '"loop_stages": [], "items": "{{ int(input.text, input.list) }}"'],
    // `?.` may give null, which is as good as not given.
    ["generator", '"prompt": "x", "max_tokens": "{{ input.rows[0]?.tags }}"'],
    // Embedded in text it is text.
    ["generator", '"prompt": "x", "max_tokens": "1{{ input.count }}"'],
  ])("nothing certain in %s { %s }", (type, config) => {
    expect(compare(pipeline(type, config), "type-mismatch").found).toEqual([]);
  });
});

describe("LS-09 what a loop goes through", () => {
  const loop = (items: string, body: string, more: string): string =>
    `{ ${schema}, "stages": [
      { "id": "each", "component_type": "foreach", "config": { "items": ${items}, "loop_stages": ["ask"]${more} } },
      { "id": "ask", "component_type": "generator", "depends_on": ["each"], "config": { "prompt": "x", "max_tokens": "{{ ${body} }}" } } ] }`;

  test.each([
    ['"{{ input.rows }}"', "⟦item⟧", ""],
    ['"{{ input.rows }}"', "⟦item.tags⟧", ""],
    ['"{{ input.rows }}"', "⟦row.tags.a⟧", ', "item_variable": "row"'],
    ['[{ "a": [1] }]', "⟦item.a⟧", ""],
    ['[true, "{{ input.flag }}"]', "⟦item⟧", ""],
    ['"{{ [[1], [2]] }}"', "⟦item⟧", ""],
  ])("%s { %s }", (items, body, more) => {
    const { found, expected } = compare(loop(items, body, more), "type-mismatch");
    expect(found).toEqual(expected);
  });

  test.each([
    ['"{{ input.rows }}"', "item.name", ""],
    ['"{{ input.rows }}"', "index", ""],
    ['"{{ input.text }}"', "item", ""],
    ['"{{ input.list }}"', "item", ""],
    ['"{{ input.rows }}"', "item", ', "index_variable": "item"'],
    ['["{{ input.flag }}", 1]', "item", ""],
  ])("nothing certain in %s { %s }", (items, body, more) => {
    expect(compare(loop(items, body, more), "type-mismatch").found).toEqual([]);
  });

  test("loops that are in each other end", () => {
    const stage = (id: string, other: string): string =>
      `{ "id": "${id}", "component_type": "foreach", "config": { "items": "{{ [item, item] }}", "loop_stages": ["${other}"] } }`;
    expect(
      problemsOf(`{ "stages": [${stage("a", "b")}, ${stage("b", "a")}] }`).map(ruleNameOf),
    ).not.toContain("type-mismatch");
  });

  test("the body is looked at again when the list of its loop is edited", () => {
    const before = parsePipeline(loop('"{{ input.rows }}"', "item", ""));
    expect(checkPipeline(before).problems.map(ruleNameOf)).toContain("type-mismatch");
    const edit = { offset: before.text.indexOf("input.rows"), length: 10, text: "input.list" };
    const after = parsePipeline(applyTextEdits(before.text, [edit]), before, [edit]);
    expect(checkPipeline(after).problems.map(ruleNameOf)).not.toContain("type-mismatch");
  });
});
