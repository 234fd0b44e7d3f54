import { expect, test } from "vitest";
import { MAX_VALUE_DEPTH, MAX_VALUE_SIZE, whyUnwritable } from "#core/journal";
import type { Json } from "#core/ports";

function nested(levels: number): Json {
  let value: Json = [];
  for (let level = 1; level < levels; level++) value = [value];
  return value;
}

test("what is small in memory and endless on paper cannot be written", () => {
  let value: Json = ["x"];
  for (let doubling = 0; doubling < 60; doubling++)
    value = doubling % 2 === 0 ? [value, value] : { a: value, b: value };
  expect(whyUnwritable(value)).toBe(`larger than ${MAX_VALUE_SIZE} characters when it is written down`);
});

test("a long text counts its characters, in values and in names", () => {
  const text = "x".repeat(MAX_VALUE_SIZE / 4);
  expect(whyUnwritable([text, text, text])).toBeNull();
  expect(whyUnwritable([text, text, text, text])).not.toBeNull();
  expect(whyUnwritable([{ [text]: 1 }, { [text]: 1 }, { [text]: 1 }, { [text]: 1 }])).not.toBeNull();
});

test("a value may be as deep as the limit and no deeper, and is told without walking all of it", () => {
  expect(whyUnwritable(nested(MAX_VALUE_DEPTH))).toBeNull();
  expect(whyUnwritable(nested(MAX_VALUE_DEPTH + 1))).toBe(`nested more than ${MAX_VALUE_DEPTH} levels deep`);
  expect(whyUnwritable(nested(100_000))).not.toBeNull();
  expect(whyUnwritable({ first: nested(100_000), then: 1 })).not.toBeNull();
});
