import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { flowMasonDiff } from "../../../bench/merge/exact.ts";
import { largeDiffs } from "../../../bench/merge/large.ts";

test.each([500, 2_000, 5_000])("DM-01 of %i stages exactly those are told that were touched", (stages) => {
  const diffs = largeDiffs(stages);
  const told = diffs.map((diff) => flowMasonDiff.read(diff)());
  expect(told).toEqual(diffs.map(({ touched }) => touched));
});

test("DM-18 a merge of 500 stages is no more work than there is time for in half a second, and half of them are half the work", async () => {
  const [half, whole] = await stepsOfMerges();
  // Half a second is time for ten times as many where a step takes 50 ns.
  expect(whole).toBeLessThan(1_000_000);
  expect(whole).toBeGreaterThan(500);
  expect(whole).toBeLessThan(2.3 * half);
});

/**
 * How often functions of this project, and parts of them such as what a loop repeats, are run by a merge of 250 stages and by
 * one of 500. It is the same on every machine, which its time is not.
 */
async function stepsOfMerges(): Promise<readonly [half: number, whole: number]> {
  const worker = new Worker(new URL("./count-steps.ts", import.meta.url), { execArgv: [] });
  try {
    return await new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  } finally {
    await worker.terminate();
  }
}
