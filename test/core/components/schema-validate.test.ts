import { expect, test } from "vitest";
import { failureOf, outputOf } from "../../support/run-component.ts";

const person = {
  type: "object",
  required: ["name"],
  properties: { name: { type: "string", minLength: 1 }, age: { type: "integer" }, mail: { format: "email" } },
};

test("valid data is valid, and is the output's data", async () => {
  expect(await outputOf("schema_validate", { data: { name: "Ada" }, schema: person })).toEqual({
    valid: true,
    data: { name: "Ada" },
    errors: [],
    error_count: 0,
  });
});

test("invalid data is an answer, with each error's place", async () => {
  const data = { people: [{ age: 1.5, mail: "x" }] };
  const schema = { properties: { people: { items: person } } };
  expect(await outputOf("schema_validate", { data, json_schema: schema })).toMatchObject({
    valid: false,
    data,
    error_count: 3,
    errors: [
      { path: "people[0]", validator: "required", message: expect.stringContaining("name") },
      { path: "people[0].age", validator: "type", validator_value: "integer" },
      { path: "people[0].mail", validator: "format" },
    ],
  });
});

test("only the first error when that is asked for", async () => {
  const output = await outputOf("schema_validate", {
    data: { age: "x", mail: "x" },
    schema: person,
    collect_all_errors: false,
  });
  expect(output).toMatchObject({ valid: false, error_count: 1 });
});

test("coercion changes the output's data, and not the data given", async () => {
  const inputs = { data: { name: "Ada", age: "36" }, schema: person, coerce_types: true };
  expect(await outputOf("schema_validate", inputs)).toMatchObject({
    valid: true,
    data: { name: "Ada", age: 36 },
  });
  expect(
    await outputOf("schema_validate", { data: "5", schema: { type: "number" }, coerce_types: true }),
  ).toMatchObject({
    valid: true,
    data: 5,
  });
});

test.each([true, false])("the schema %s is a schema", async (schema) => {
  expect(await outputOf("schema_validate", { data: 1, schema })).toMatchObject({ valid: schema });
});

test("other drafts' $schema is not looked at, as in FlowMason", async () => {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", type: "string" };
  expect(await outputOf("schema_validate", { data: 1, schema })).toMatchObject({ valid: false });
});

test("keys of the prototype are keys like others", async () => {
  const schema = { type: "object", required: ["constructor", "toString", "__proto__"] };
  expect(await outputOf("schema_validate", { data: {}, schema })).toMatchObject({
    valid: false,
    error_count: 3,
  });
  const data = JSON.parse('{"constructor": 1, "toString": 2, "__proto__": 3}');
  expect(await outputOf("schema_validate", { data, schema })).toMatchObject({ valid: true });
});

test("a pattern that would take for ever answers at once", async () => {
  const schema = { type: "string", pattern: "^(a+)+$" };
  const data = `${"a".repeat(50_000)}b`;
  expect(await outputOf("schema_validate", { data, schema })).toMatchObject({ valid: false });
});

test.each([
  [{ type: "text" }, /type/],
  [{ $ref: "https://example.com/other.json" }, /other\.json/],
  [{ $ref: "#" }, /refers to itself without end/],
  [{ pattern: "(?=a)" }, /not supported.*look-ahead/],
  [{ pattern: "(" }, /not supported/],
])("a schema that cannot be used says why: %j", async (schema, message) => {
  expect(await failureOf("schema_validate", { data: "a", schema })).toMatchObject({
    type: "VALIDATION",
    field: "json_schema",
    message: expect.stringMatching(message),
  });
});

test.each(["allOf", "anyOf", "oneOf"])(
  "a schema with exponentially many branches of %s is given up",
  async (branch) => {
    const levels = Array.from({ length: 40 }, (_, level) => {
      const next = { $ref: `#/definitions/level${level + 1}` };
      return [`level${level}`, { [branch]: [next, next] }];
    });
    const definitions = {
      ...Object.fromEntries(levels),
      level40: { type: branch === "allOf" ? "number" : "string" },
    };
    const schema = { definitions, $ref: "#/definitions/level0" };
    expect(await failureOf("schema_validate", { data: 1, schema })).toMatchObject({
      type: "VALIDATION",
      field: "json_schema",
      message: expect.stringContaining("the validation was given up"),
    });
    // What follows is counted anew, and large data may need many.
    const items = { definitions: { item: { type: "number" } }, items: { $ref: "#/definitions/item" } };
    const data = Array.from({ length: 60_000 }, (_, n) => n);
    expect(await outputOf("schema_validate", { data, schema: items })).toMatchObject({ valid: true });
    expect(await outputOf("schema_validate", { data: 1, schema: { type: "number" } })).toMatchObject({
      valid: true,
    });
  },
);

test("many different items are found distinct in no time, and equal ones are not", async () => {
  const schema = { uniqueItems: true };
  const items = Array.from({ length: 10_000 }, (_, n) => ({ n, tags: [n] }));
  expect(await outputOf("schema_validate", { data: items, schema })).toMatchObject({ valid: true });
  expect(
    await outputOf("schema_validate", {
      data: [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
      schema,
    }),
  ).toMatchObject({
    valid: false,
    errors: [
      { path: "", message: "must NOT have duplicate items", validator: "uniqueItems", validator_value: true },
    ],
  });
  expect(await outputOf("schema_validate", { data: [1, "1", [1], null], schema })).toMatchObject({
    valid: true,
  });
});
