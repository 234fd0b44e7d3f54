import { expect, test } from "vitest";
import { type Json, merge, open, withStages } from "./merged-pipelines.ts";

const draft = {
  id: "draft",
  component_type: "generator",
  config: { prompt: "Say it." },
  depends_on: ["ask"],
};
const loud = { ...draft, config: { prompt: "Say it loudly." } };
const tell = { id: "tell", component_type: "logger", config: { message: "m" }, depends_on: ["ask"] };

function ask(branches: Json): Json {
  return { id: "ask", component_type: "conditional", config: { condition: "{{ input.a }}", ...branches } };
}

const without: readonly (readonly [name: string, base: Json, removed: Json])[] = [
  ["a list of several", { true_stages: ["draft", "tell"] }, { true_stages: ["tell"] }],
  ["a list of one", { true_stages: ["draft"] }, { true_stages: [] }],
  [
    "a list that went with it",
    { true_stages: ["draft"], false_stages: ["tell"] },
    { false_stages: ["tell"] },
  ],
  ["a text", { true_stages: "draft", false_stages: ["tell"] }, { false_stages: ["tell"] }],
];

test.each(without)("DM-08 a stage that is kept after all stays in its branch: %s", (_, base, removed) => {
  const before = withStages(ask(base), draft, tell);
  const changed = withStages(ask(base), loud, tell);
  const less = withStages(ask(removed), tell);
  const mine = merge(before, changed, less);
  expect(open(mine.decisions)).toEqual(['Theirs removed the stage "draft", and ours changed it.']);
  expect(mine.json).toEqual(changed);
  expect(merge(before, less, changed).json).toEqual(less);
  expect(merge(before, less, changed, { favor: "theirs" }).json).toEqual(changed);
});

test("DM-08 a stage that is kept is in no branch of what is no conditional any more", () => {
  const before = withStages(ask({ true_stages: ["draft"] }), draft, tell);
  const changed = withStages(ask({ true_stages: ["draft"] }), loud, tell);
  const other = { id: "ask", component_type: "logger", config: { message: "{{ input.a }}" } };
  const { json } = merge(before, changed, withStages(other, tell));
  expect(json).toEqual(withStages(other, loud, tell));
});

test("DM-08 a stage that is kept in its branch has what both sides made of the rest of it", () => {
  const before = withStages(ask({ true_stages: ["draft", "tell"] }), draft, tell);
  const more = { id: "more", component_type: "logger", config: { message: "more" } };
  const changed = withStages(ask({ true_stages: ["more", "draft", "tell"] }), loud, tell, more);
  const { json } = merge(before, changed, withStages(ask({ true_stages: [] }), tell));
  expect(json.stages[0]).toEqual(ask({ true_stages: ["more", "draft"] }));
});
