import { expect, test } from "vitest";
import type { Json } from "#core/ports";
import { createLastText } from "../../debug-adapter/values/last-text.ts";

test("the text of a value is written once while its pages are read, and only the last one is kept", () => {
  const written: Json[] = [];
  const textOf = createLastText((value) => {
    written.push(value);
    return JSON.stringify(value);
  }, 20);
  const one = [1, 2];
  const equal = [1, 2];
  const long = "a text that is longer".split(" ");
  expect([textOf(one), textOf(one)]).toEqual(["[1,2]", "[1,2]"]);
  expect(written).toEqual([one]);
  // Another value that is written alike is another value.
  textOf(equal);
  expect(written).toHaveLength(2);
  textOf(one);
  expect(written).toHaveLength(3);
  // Too long to be kept, and in the place of the one before.
  expect(textOf(long)).toBe(textOf(long));
  expect(written).toHaveLength(5);
  textOf(one);
  expect(written).toHaveLength(6);
});
