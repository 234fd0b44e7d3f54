import fc from "fast-check";
import { expect, test } from "vitest";
import { nearest } from "#core/expressions";

test.each([
  ["contnet", ["context", "content"], "content"],
  ["Fetch-Data", ["fetch_date", "fetch_data"], "fetch_data"],
  ["sumary", ["memory", "summary", "salary"], "summary"],
  ["abcdef", ["abdcfe"], "abdcfe"],
  ["abcdef", ["fedcba"], undefined],
  ["content", ["improved_content"], "improved_content"],
  ["ab", ["ac"], undefined],
  ["xyz", [], undefined],
])("%s among %j is %s", (name, candidates, expected) => {
  expect(nearest(name, candidates)).toBe(expected);
});

test("the first of equals wins, and one that is the same but for case beats all", () => {
  expect(nearest("stage9", ["stage1", "stage2"])).toBe("stage1");
  expect(nearest("Stage9", ["stage1", "stage9", "stage2"])).toBe("stage9");
});

/** The distance as the textbook has it, over the whole table. */
function distance(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (__, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  const at = (row: number, column: number): number => table[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const line = table[row] ?? [];
      line[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1),
        row > 1 && column > 1 && isSwap ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(one.length, other.length);
}

test("a name is near when its distance is a third of its length at most", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "_"), minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(word, word, (name, candidate) => {
      const isNear = distance(name, candidate) <= Math.max(1, Math.floor(name.length / 3));
      const isPart =
        (name.length >= 4 && candidate.includes(name)) ||
        (name.length >= 4 && candidate.length >= 4 && name.includes(candidate));
      expect(nearest(name, [candidate])).toBe(isNear || isPart ? candidate : undefined);
    }),
    { seed: 5, numRuns: 2000 },
  );
});
