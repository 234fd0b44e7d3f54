import { expect, test } from "vitest";
import { type Json, logger, merge, open, withStages } from "./merged-pipelines.ts";

const branching = (fields: Json): Json =>
  withStages({ id: "a", component_type: "conditional", ...fields }, logger("b"), logger("c"), logger("d"));

test.each([
  ["one side only wrote the text as a list", ["b"], "b", ["b", "c"], ["b", "c"]],
  ["both put the same stage there", ["b"], "c", ["c"], "c"],
  ["both put the same stage where none was", undefined, ["c"], "c", ["c"]],
  ["each side added another stage", "b", ["b", "d"], ["b", "c"], ["b", "c", "d"]],
  ["one put another stage there, the other added one", "b", ["b", "d"], "c", ["c", "d"]],
] as const)("DM-06 a branch is the same as a text and as a list: %s", (_, base, ours, theirs, expected) => {
  const arm = (stages: string | readonly string[] | undefined): Json =>
    branching({ true_stages: stages, config: { routes: { x: stages } } });
  const { json, decisions } = merge(arm(base), arm(ours), arm(theirs));
  expect(open(decisions)).toEqual([]);
  expect(json.stages[0]).toMatchObject({ true_stages: expected, config: { routes: { x: expected } } });
});

test("DM-06 a text that is no stage's name, or in no branch, is not the same as a list of it", () => {
  for (const [before, ours, theirs] of [
    [{ true_stages: "b" }, { true_stages: ["b", "d"] }, { true_stages: "{{input.which}}" }],
    [{ true_stages: "b" }, { true_stages: "c" }, { true_stages: "d" }],
    [{ note: ["b"] }, { note: "c" }, { note: ["c"] }],
  ] as const)
    expect(open(merge(branching(before), branching(ours), branching(theirs)).decisions)).toHaveLength(1);
});
