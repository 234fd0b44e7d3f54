import { expect, test } from "vitest";
import { failureOf, outputOf, secretMark } from "../../support/run-component.ts";

const user = { id: 7, name: { first: "Ada" }, emails: ["a@x", "b@x"], "odd key": 1 };

test("a mapping gives fields the values that its paths lead to", async () => {
  const mapping = {
    id: "$.id",
    first: "name.first",
    mail: "emails[0]",
    last: "emails[-1]",
    odd: '["odd key"]',
    second: "emails.1",
  };
  expect(await outputOf("json_transform", { data: user, mapping })).toEqual({
    result: { id: 7, first: "Ada", mail: "a@x", last: "b@x", odd: 1, second: "b@x" },
    fields_mapped: 6,
    fields_missing: [],
  });
});

test("what is missing is said, or has its default", async () => {
  const mapping = { a: "nope.x", b: "emails[9]", c: "constructor", d: "id" };
  expect(await outputOf("json_transform", { data: user, mapping, defaults: { b: "none" } })).toEqual({
    result: { b: "none", d: 7 },
    fields_mapped: 1,
    fields_missing: ["a", "c"],
  });
});

test("a mapping may hold mappings, and values that are no paths", async () => {
  const mapping = { id: "id", meta: { mail: "emails[0]", gone: "nope", deep: { n: 3 } }, count: 0, on: true };
  expect(await outputOf("json_transform", { data: user, mapping })).toEqual({
    result: { id: 7, meta: { mail: "a@x", deep: { n: 3 } }, count: 0, on: true },
    fields_mapped: 5,
    fields_missing: ["meta.gone"],
  });
});

test("the whole is $", async () => {
  expect(await outputOf("json_transform", { data: [1], mapping: { all: "$" } })).toMatchObject({
    result: { all: [1] },
  });
});

test.each([
  ["emails[0].length", null],
  ["emails[].x", null],
  ["{id: id, mails: length(emails)}", { id: 7, mails: 2 }],
  ["constructor", null],
  ["toString", null],
])("the query %s gives %j or a failure, never the prototype", async (query, expected) => {
  const output = await outputOf("json_transform", { data: user, jmespath_expression: query });
  expect(output).toMatchObject(
    expected === null ? { result: expect.toBeOneOf([null, []]) } : { result: expected },
  );
});

test("a query that is wrong, or whose result would be without end, fails", async () => {
  expect(await failureOf("json_transform", { data: user, expression: "a[" })).toMatchObject({
    type: "TRANSFORMATION",
  });
  const doubling = Array(40).fill("[@, @]").join(" | ");
  expect(await failureOf("json_transform", { data: user, expression: doubling })).toMatchObject({
    type: "TRANSFORMATION",
    message: expect.stringContaining("1000000 values"),
  });
});

test("flattening names what is within by its path", async () => {
  const data = { a: { b: { c: 1 }, d: [{ e: 2 }], f: {} } };
  expect(await outputOf("json_transform", { data, flatten: true })).toMatchObject({
    result: { "a.b.c": 1, "a.d": [{ e: 2 }], "a.f": {} },
  });
});

test("fields are left out, of an object and of each item of a list", async () => {
  expect(
    await outputOf("json_transform", { data: [{ a: 1, b: 2 }, 3], exclude_fields: ["a"] }),
  ).toMatchObject({
    result: [{ b: 2 }, 3],
  });
});

test.each([
  ['{"a": 1}', { a: 1 }],
  ['Here it is:\n```json\n{"a": [1, "}"]}\n```\nDone.', { a: [1, "}"] }],
  ['I think {this} is it: [1, 2] and {"b": 2}', [1, 2]],
  ["no JSON here", "no JSON here"],
  ['{"a": 1', '{"a": 1'],
])("text is read as the JSON in it: %j", async (data, result) => {
  expect(await outputOf("json_transform", { data })).toMatchObject({ result });
});

test("text stays text when that is asked for", async () => {
  expect(await outputOf("json_transform", { data: "[1]", parse_json_strings: false })).toMatchObject({
    result: "[1]",
  });
});

test("a text of opening brackets is looked through in no time", async () => {
  const data = "[".repeat(200_000);
  expect(await outputOf("json_transform", { data })).toMatchObject({ result: data });
});

test.each([
  [{ mapping: { a: "b" } }, "VALIDATION", "data"],
  [{ data: "words", mapping: { a: "b" } }, "TRANSFORMATION", "data"],
  [{ data: {}, mapping: { a: "b[" } }, "VALIDATION", "mapping"],
])("%j fails naming the field", async (inputs, type, field) => {
  expect(await failureOf("json_transform", inputs)).toMatchObject({ type, field });
});

test("a template is rendered with data in sight, and is the output itself", async () => {
  const template = {
    "{{id}}": "{{ data.id }}",
    text: "<{{ data.name.first }}>",
    list: ["{{ len(data.emails) }}", 1],
    at: "{{ now() }}",
  };
  expect(await outputOf("json_transform", { data: user, template })).toEqual({
    "{{id}}": 7,
    text: "<Ada>",
    list: [2, 1],
    at: expect.stringContaining("2026-01-02"),
  });
});

test("a template does without data, and sees stages, input and variables", async () => {
  const template = {
    draft: "{{ upstream.draft.result }}",
    bare: "{{ draft.output.content }}",
    topic: "{{ input.topic }}",
  };
  const output = await outputOf(
    "json_transform",
    { template },
    {
      values: { input: { topic: "tea" } },
      stages: { draft: { kind: "succeeded", componentType: "generator", output: { content: "text" } } },
    },
  );
  expect(output).toEqual({ draft: "text", bare: "text", topic: "tea" });
});

test("a template that names nothing fails with the place", async () => {
  const failure = await failureOf("json_transform", { data: user, template: { a: ["{{ data.nmae }}"] } });
  expect(failure).toMatchObject({
    type: "EXPRESSION",
    field: "template",
    message: expect.stringContaining("nmae"),
  });
});

test("a template may name a secret that the stage may read, and no other", async () => {
  const inputs = { template: "{{ secrets.TOKEN }}" };
  const env = { TOKEN: "t0p-secret", OTHER: "another" };
  // The component saw the value; what it tells has the marker.
  expect(await outputOf("json_transform", inputs, { secrets: ["TOKEN"], env })).toBe(
    `⟦secret:TOKEN:plain:${secretMark}⟧`,
  );
  expect((await failureOf("json_transform", inputs, { secrets: ["OTHER"], env })).type).toBe("EXPRESSION");
  expect(await failureOf("json_transform", inputs, { secrets: ["TOKEN"] })).toMatchObject({
    type: "SECURITY",
  });
});
