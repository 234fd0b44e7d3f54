import { expect, test } from "vitest";
import { withLongNumbers, withLongNumbersAsTexts } from "../../../core/merge/content/long-numbers.ts";

test("what is not closed is gone through once, however often it begins", () => {
  // Gone through from each beginning to the end, these would take hours.
  for (const begun of ["/*".repeat(1_000_000), `"${'\\"'.repeat(1_000_000)}`]) {
    const text = `${begun}12345678901234567890`;
    expect(withLongNumbersAsTexts(text)).toBe(text);
  }
});

test("a number with more digits than are read is a text until it is written again, one in a text or comment is left", () => {
  const text = '{"a": 12345678901234567890, "b": "12345678901234567890", "c": 1.5e2} // 12345678901234567890';
  const read = JSON.parse(withLongNumbersAsTexts(text).replace(/\/\/.*/, ""));
  expect(read).toEqual({
    a: expect.stringContaining("12345678901234567890"),
    b: "12345678901234567890",
    c: 150,
  });
  expect(withLongNumbers(withLongNumbersAsTexts(text))).toBe(text);
});
