import fc from "fast-check";
import { expect, test } from "vitest";
import { type Choice, diffPipelines, type MergeOptions, mergePipelines } from "#core/merge";
import { isSoak } from "../../support/soak.ts";
import { triplesOfMany } from "./many-stages.ts";
import { leavesOut, readWhole } from "./read-whole.ts";

/** The same cases each time; a soak looks for new ones. */
const runs: readonly fc.Parameters<unknown>[] = isSoak
  ? [{ numRuns: 10_000 }]
  : [20_261_128, 161_803, 41_421].map((seed) => ({ seed, numRuns: 16 }));

const favors = fc.constantFrom<MergeOptions>({}, { favor: "ours" }, { favor: "theirs" });

test("a merge that leaves out what nobody changed gives the text and the decisions of one that reads all", () => {
  let leftOut = 0;
  let all = 0;
  for (const parameters of runs)
    fc.assert(
      fc.property(triplesOfMany, favors, fc.array(fc.nat(3)), ({ base, ours, theirs }, favor, chosen) => {
        if (base === ours || base === theirs) return;
        all += 1;
        leftOut += leavesOut(base, ours, theirs) ? 1 : 0;
        const merged = mergePipelines(base, ours, theirs, favor);
        expect(merged).toEqual(mergePipelines(readWhole(base), ours, theirs, favor));
        if (!merged.ok) return;
        const choices = new Map(
          merged.decisions.flatMap(({ id, resolutions }, index): readonly (readonly [string, Choice])[] => {
            const choice = resolutions[(chosen[index % chosen.length] ?? 0) % resolutions.length];
            return choice === undefined ? [] : [[id, choice]];
          }),
        );
        expect(mergePipelines(base, ours, theirs, { ...favor, choices })).toEqual(
          mergePipelines(readWhole(base), ours, theirs, { ...favor, choices }),
        );
      }),
      parameters,
    );
  // Else this test would say nothing.
  expect(leftOut / all).toBeGreaterThan(0.3);
});

test("a diff that looks at what is written otherwise only tells what one tells that compares all", () => {
  for (const parameters of runs)
    fc.assert(
      fc.property(triplesOfMany, ({ base, ours, theirs }) => {
        for (const [before, after] of [
          [base, ours],
          [ours, theirs],
        ] as const)
          expect(diffPipelines(before, after)).toEqual(diffPipelines(readWhole(before), after));
      }),
      parameters,
    );
});
