import { Session } from "node:inspector/promises";
import { expect, test } from "vitest";
import { mergePipelines } from "#core/merge";
import { flowMasonDiff } from "../../../bench/merge/exact.ts";
import { largeDiffs, largeMerge } from "../../../bench/merge/large.ts";

test.each([500, 2_000, 5_000])("DM-01 of %i stages exactly those are told that were touched", (stages) => {
  const diffs = largeDiffs(stages);
  const told = diffs.map((diff) => flowMasonDiff.read(diff)());
  expect(told).toEqual(diffs.map(({ touched }) => touched));
});

test("DM-18 a merge of 500 stages is no more work than there is time for in half a second, and half of them are half the work", async () => {
  const [half, whole] = [await callsOf(largeMerge(250)), await callsOf(largeMerge(500))];
  // Half a second is time for ten times as many where a call with its work takes 50 ns.
  expect(whole).toBeLessThan(1_000_000);
  expect(whole).toBeGreaterThan(500);
  expect(whole).toBeLessThan(2.3 * half);
});

/** How many functions of this project a merge calls. It is the same on every machine, which its time is not. */
async function callsOf({ base, ours, theirs }: ReturnType<typeof largeMerge>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    const merged = mergePipelines(base, ours, theirs);
    const { result } = await session.post("Profiler.takePreciseCoverage");
    expect(merged).toMatchObject({ ok: true });
    return result
      .filter(({ url }) => url.includes("/core/"))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.slice(0, 1)))
      .reduce((sum, { count }) => sum + count, 0);
  } finally {
    session.disconnect();
  }
}
