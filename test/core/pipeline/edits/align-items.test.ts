import { expect, test } from "vitest";
import type { JsonValue } from "#core/pipeline";
import { alignItems } from "../../../../core/pipeline/edit/rewrite/align-items.ts";
import { readJson } from "../../../../core/pipeline/json/read-json.ts";

function aligned(written: string, wanted: readonly JsonValue[]): readonly (number | null)[] {
  const list = readJson(written);
  if (list.kind !== "array") throw new Error("not a list");
  return alignItems(list.items, wanted);
}

test("items with ids are the same where their ids are, whatever else they say", () => {
  const written = '[{"id": "a", "n": 1}, {"n": 2, "id": "b"}, {"id": "c"}]';
  expect(aligned(written, [{ id: "c", n: 3 }, { id: "new" }, { id: "a" }])).toEqual([2, null, 0]);
});

test("of an id that is written twice in one item the last counts, as for JSON.parse", () => {
  expect(aligned('[{"id": "a", "id": "b"}, {"id": "a"}]', [{ id: "a" }, { id: "b" }])).toEqual([1, 0]);
});

test.each([
  ["an item without one", '[{"id": "a"}, "b"]', ["b", { id: "a" }]],
  ["two items with the same", '[{"id": "a"}, {"id": "a", "n": 1}]', [{ id: "a", n: 1 }]],
  ["an id that is no text", '[{"id": 1}, {"id": 2}]', [{ id: 2 }]],
] as const)(
  "where ids tell nothing, as with %s, items are the same where they say the same",
  (_, written, wanted) => {
    const [first] = wanted;
    expect(aligned(written, wanted)[0]).toBe(
      JSON.parse(written).findIndex((item: unknown) => JSON.stringify(item) === JSON.stringify(first)),
    );
  },
);

test("items of lists with thousands of changes pair up in order", () => {
  const items = Array.from({ length: 3_000 }, (_, index) => index);
  const wanted = ["new", ...items.map((item) => (item % 2 === 0 ? item : -item))];
  expect(aligned(JSON.stringify(items), wanted)).toEqual([...items, null]);
});
