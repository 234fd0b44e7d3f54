import { expect, test } from "vitest";
import type { ForkPlan } from "#protocol";
import { estimateWords, planSections } from "../../extension/fork/plan-words.ts";

const plan: ForkPlan = {
  version: 1,
  kept: ["fetch"],
  again: [
    { stage: "draft", why: "config.prompt has changed" },
    { stage: "send", why: "used draft" },
  ],
  ahead: ["report"],
  effects: ["send"],
  unmapped: ["review"],
  estimate: { calls: 2, tokens: 420, costUsd: 0.0012, unpricedCalls: 0, uncountedCalls: 0, unknown: [] },
  launch: { fork: { run: "20261101-100000-abc" }, cwd: "/w" },
};

test("a plan lists what runs again with the reasons and effects, what is ahead, taken over, and gone", () => {
  const lines = planSections(plan).flatMap(({ heading, rows }) => [
    heading,
    ...rows.map(({ stage, why }) => `  ${stage}: ${why}`),
  ]);
  expect(lines).toEqual([
    "Run again",
    "  draft: config.prompt has changed",
    "  send: used draft; may have had its effect already",
    "Have not run yet",
    "  report: runs if the run comes to it",
    "Taken over from the record",
    "  fetch: does not run",
    "No longer in the pipeline",
    "  review: was renamed or deleted: its record is not used",
  ]);
  expect(planSections({ ...plan, unmapped: [], ahead: [] })).toHaveLength(2);
});

test("what it costs is said with what is not known of it", () => {
  const { estimate } = plan;
  const words = (more: Partial<typeof estimate>): string =>
    estimateWords({ ...plan, estimate: { ...estimate, ...more } });
  expect(words({})).toBe("Going by the last time: 2 calls of models, 420 tokens, $0.0012");
  expect(words({ calls: 1, costUsd: 0, unpricedCalls: 1, uncountedCalls: 1, unknown: ["draft"] })).toBe(
    "Going by the last time: 1 call of models, 420 tokens at least, the price of 1 unknown, nothing known of draft",
  );
  expect(words({ calls: 0, tokens: 0, costUsd: 0 })).toBe("Going by the last time: no calls of models");
  expect(estimateWords({ ...plan, again: [] })).toBe("Nothing that has run runs again");
});
