import { expect, test } from "vitest";
import type { Json } from "#core/ports";
import { childCounts, childrenOf, fullText, rowText } from "../../debug-adapter/variables.ts";

const row = (value: Json, evaluateName: string | null = null) => ({ name: "", value, evaluateName });
const all = { filter: null, start: 0, count: null } as const;

test("a page of a long list touches only that page", () => {
  const long = Array.from({ length: 100_000 }, (_, index) => index);
  expect(childCounts(long)).toEqual({ indexedVariables: 100_000 });
  const page = childrenOf(row(long), { filter: "indexed", start: 99_990, count: 5 });
  expect(page.map((each) => [each.name, each.value])).toEqual([
    ["99990", 99_990],
    ["99991", 99_991],
    ["99992", 99_992],
    ["99993", 99_993],
    ["99994", 99_994],
  ]);
});

test("children carry the expression that gives them", () => {
  const value = { a: [1], "two words": 2 };
  expect(childrenOf(row(value, "input"), all).map((each) => each.evaluateName)).toEqual([
    "input.a",
    'input["two words"]',
  ]);
  expect(childrenOf(row([1], "input.a"), all).map((each) => each.evaluateName)).toEqual(["input.a[0]"]);
});

test("a row shows a preview, the clipboard gets everything", () => {
  const text = "x".repeat(5000);
  expect(rowText(text)).toContain("(5000 characters)");
  expect(rowText(text).length).toBeLessThan(1100);
  expect(fullText(text)).toBe(text);
  expect(rowText([1, 2, 3, 4, 5, 6])).toBe("(6) [1, 2, 3, 4, 5, …]");
  expect(rowText({ a: { b: 1 }, c: [1, 2], d: [], e: {} })).toBe("{a: {…}, c: (2) […], d: [], e: {}}");
  expect(rowText(null)).toBe("null");
});

test("a key that is named like an object's own machinery is just a key", () => {
  const value = JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}') as Json;
  expect(childrenOf(row(value), all).map((each) => [each.name, rowText(each.value)])).toEqual([
    ["__proto__", "{a: 1}"],
    ["constructor", "2"],
  ]);
});
