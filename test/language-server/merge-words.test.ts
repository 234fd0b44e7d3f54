import { expect, test } from "vitest";
import { answerMerge } from "#language-server";

const written = (...stages: readonly object[]): string => JSON.stringify({ name: "p", stages });
const stage = (id: string, more: object = {}): object => ({
  id,
  component_type: "logger",
  config: { message: `Say ${id}` },
  ...more,
});

/** What each side has by the first open decision, as it is shown. */
function shown(base: string, ours: string, theirs: string): readonly (string | null)[] {
  const answer = answerMerge({ base, ours, theirs, choices: [] }, {});
  const decision = answer.ok ? answer.decisions.find(({ state }) => state === "open") : undefined;
  return [decision?.ours.text ?? null, decision?.theirs.text ?? null];
}

test("DM-11 what sides say of several stages is shown in words, not as JSON", () => {
  const base = written(stage("a"), stage("b"), stage("c"));
  expect(
    shown(
      base,
      written(stage("a"), stage("b", { depends_on: ["a"] }), stage("c", { depends_on: ["b"] })),
      written(stage("a", { depends_on: ["c"] }), stage("b"), stage("c")),
    ),
  ).toEqual(['"b" waits for "a"\n"c" waits for "b"', '"a" waits for "c"']);
  const route = (routes: object): object =>
    stage("r", { component_type: "router", config: { value: "{{input.v}}", routes } });
  expect(
    shown(
      written(route({ x: [], y: [] }), stage("a")),
      written(route({ x: ["a"], y: [] }), stage("a")),
      written(route({ x: [], y: ["a"] }), stage("a")),
    ),
  ).toEqual(['x of "r"', 'y of "r"']);
});

test("DM-11 where each side has put a stage is shown from the outside in", () => {
  const item = { component: "logger", config: { message: "Say what there is." } };
  const loops = (one: object, other: object, more: object = {}): string => {
    const loop = (loop_stages: object): object => ({
      component: "foreach",
      config: { items: "{{input.items}}" },
      loop_stages: { stays: { component: "logger", config: { message: "Stays" } }, ...loop_stages },
    });
    return JSON.stringify({ name: "p", stages: { one: loop(one), other: loop(other), ...more } });
  };
  expect(shown(loops({ item }, {}), loops({}, { item }), loops({}, {}, { item }))).toEqual([
    "other › loop_stages",
    "the pipeline itself",
  ]);
});
