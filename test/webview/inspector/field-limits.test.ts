import { expect, test } from "vitest";
import type { JsonValue } from "#core/pipeline";
import { describeLimits } from "../../../webview/inspector/form/describe-limits.ts";
import { faultOf, limitsOf } from "../../../webview/inspector/form/field-limits.ts";
import type { FieldSchema } from "../../../webview/inspector/form/field-schema.ts";
import { steppedNumber } from "../../../webview/inspector/form/step-number.ts";

const temperature: FieldSchema = { type: "number", minimum: 0, maximum: 2 };
const count: FieldSchema = { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER };
const timeout: FieldSchema = { anyOf: [{ type: "number", exclusiveMinimum: 0 }, { type: "string" }] };
const name: FieldSchema = { type: "string", pattern: "^[a-z]\\w*$", minLength: 1 };
const list: FieldSchema = { type: "array", minItems: 2 };
const half: FieldSchema = { type: "number", multipleOf: 0.1, exclusiveMaximum: 1 };

test.each<[FieldSchema, string]>([
  [temperature, "From 0 to 2."],
  [count, "At least 1."],
  [timeout, "More than 0."],
  [name, "Matches ^[a-z]\\w*$."],
  [list, "At least 2 items."],
  [half, "Less than 1, a multiple of 0.1."],
  [{ type: "string", minLength: 1 }, ""],
  [{}, ""],
])("the limits of %o are said", (schema, words) => {
  expect(describeLimits(limitsOf(schema))).toBe(words);
});

test.each<[FieldSchema, JsonValue, boolean]>([
  [temperature, 2, true],
  [temperature, 2.1, false],
  [temperature, "{{ input.t }}", true],
  [count, 0, false],
  [timeout, 0, false],
  [timeout, "0", true],
  [name, "ok_1", true],
  [name, "1", false],
  [list, ["a"], false],
  [half, 0.3, true],
  [half, 0.35, false],
  [{ type: "string", minLength: 1 }, "", false],
])("%o takes %o: %s", (schema, value, fits) => {
  expect(faultOf(limitsOf(schema), value) === null).toBe(fits);
});

test("a number is stepped within its limits, and by tenths where these are narrow", () => {
  expect(steppedNumber(limitsOf(temperature), 0.2, "up")).toBe(0.3);
  expect(steppedNumber(limitsOf(temperature), 2, "up")).toBe(2);
  expect(steppedNumber(limitsOf(count), undefined, "down")).toBe(1);
  expect(steppedNumber(limitsOf(count), 7, "down")).toBe(6);
  expect(steppedNumber([], 7, "up")).toBe(8);
});
