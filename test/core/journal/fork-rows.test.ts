import fc from "fast-check";
import { expect, test } from "vitest";
import { forkRows, type MaybeFork, treeOf } from "#core/journal";

const run = (runId: string, of: string | null = null, seq = 0): MaybeFork => ({
  runId,
  fork: of === null ? null : { runId: of, seq, changes: [] },
});
const drawn = (runs: readonly MaybeFork[]) =>
  forkRows(runs).map(({ runId, run: known, depth }) => `${"-".repeat(depth)}${runId}${known ? "" : " gone"}`);

test("a fork stands under its run, by the place where it begins, and one whose run is gone under the name of that", () => {
  const runs = [
    run("e", "d"),
    run("d", "gone", 3),
    run("c", "a", 2),
    run("b", "a", 9),
    run("a"),
    run("f", "c"),
  ];
  expect(drawn(runs)).toEqual(["gone gone", "-d", "--e", "a", "-c", "--f", "-b"]);
  const tree = (of: string) => treeOf(forkRows(runs), of).map(({ runId }) => runId);
  expect(tree("f")).toEqual(["a", "c", "f", "b"]);
  expect(tree("e")).toEqual(["gone", "d", "e"]);
  expect(tree("nobody")).toEqual([]);
});

test("each run comes once, whatever the records say of each other, and is deeper than its run by one", () => {
  const ids = fc.constantFrom("a", "b", "c", "d", "e", "f");
  const runs = fc.uniqueArray(fc.tuple(ids, fc.option(ids)), { selector: ([id]) => id });
  fc.assert(
    fc.property(runs, (pairs) => {
      const given = pairs.map(([id, of]) => run(id, of));
      const rows = forkRows(given);
      expect(rows.flatMap((row) => (row.run === null ? [] : [row.runId])).toSorted()).toEqual(
        given.map(({ runId }) => runId).toSorted(),
      );
      expect(new Set(rows.map(({ runId }) => runId)).size).toBe(rows.length);
      const depths = new Map(rows.map(({ runId, depth }) => [runId, depth]));
      for (const { run: each, depth } of rows)
        if (each?.fork && depth > 0) expect(depths.get(each.fork.runId)).toBe(depth - 1);
    }),
    { seed: 20261128 },
  );
});

test("a chain of 50,000 forks is told", () => {
  const chain = Array.from({ length: 50_000 }, (_, index) =>
    run(String(index), index === 0 ? null : String(index - 1)),
  );
  expect(forkRows(chain).at(-1)).toMatchObject({ runId: "49999", depth: 49_999 });
});
