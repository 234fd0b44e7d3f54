import { expect, test } from "vitest";
import { base, draft, fetch, type Json, merge, open, tell, withStages } from "./merged-pipelines.ts";

test("DM-08 a stage that becomes another component, against what begins to read it", () => {
  const ours = withStages(fetch, draft, {
    ...tell,
    config: { message: "{{upstream.fetch.status_code}}" },
    depends_on: ["draft", "fetch"],
  });
  const theirs = withStages({ id: "fetch", component_type: "logger", config: { message: "m" } }, draft, tell);
  const { json, decisions } = merge(base, ours, theirs);
  expect(open(decisions)).toEqual([
    expect.stringMatching(
      /^Theirs made the stage "fetch" another component, and ours reads it in config\.message of "tell"\. .*status_code/,
    ),
  ]);
  expect(json).toEqual(ours);
});

test("DM-08 a stage that becomes a component which reads a field, against what begins to name there what it cannot read", () => {
  const draws = { ...draft, config: { message: "m" } };
  const before = withStages(fetch, draws, tell);
  const logs = withStages(fetch, { ...draws, component_type: "logger" }, tell);
  for (const [read, fault] of [
    ["upstream.fetch.content", "content"],
    ["upstream.nobody.content", "nobody"],
  ] as const) {
    const reads = withStages(fetch, { ...draft, config: { message: `{{${read}}}` } }, tell);
    const kept = merge(before, logs, reads);
    expect(open(kept.decisions)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Ours made the stage "draft" another component, and theirs reads "${read.split(".")[1]}" in config.message of "draft". .*${fault}`,
        ),
      ),
    ]);
    expect(kept.json).toEqual(logs);
    expect(merge(before, logs, reads, { favor: "theirs" }).json).toEqual(reads);
    expect(merge(before, reads, logs).json).toEqual(reads);
  }
});

test("DM-08 stages that both sides make other components are told the same whichever side is called ours", () => {
  const reads = { prompt: "{{upstream.b.content}}" };
  const made = (b: string, c: string): Json =>
    withStages(
      { id: "a", component_type: "generator" },
      { id: "b", component_type: b, ...(b === "conditional" ? { config: { true_stages: ["a"] } } : {}) },
      {
        id: "c",
        component_type: c,
        config: c === "conditional" ? { ...reads, true_stages: ["a"] } : reads,
        depends_on: ["b"],
      },
    );
  const before = made("generator", "generator");
  const [one, other] = [made("conditional", "json_transform"), made("json_transform", "conditional")];
  const paths = (ours: Json, theirs: Json, favor: "ours" | "theirs"): readonly string[] =>
    merge(before, ours, theirs, { favor })
      .decisions.map(({ stage, path }) => [stage, ...path].join(" "))
      .toSorted();
  const told = ["b component_type", "c component_type"];
  expect(paths(one, other, "ours")).toEqual(told);
  expect(paths(other, one, "theirs")).toEqual(told);
});

test("DM-08 a stage that each side makes another component is told as what reads, not as what became a reader, whichever side is called ours", () => {
  const made = (a: string, b: string): Json =>
    withStages(
      { id: "a", component_type: a },
      { id: "b", component_type: b, config: { data: "{{upstream.a.content}}" } },
    );
  const before = made("generator", "generator");
  const [one, other] = [made("conditional", "conditional"), made("generator", "json_transform")];
  const named = (ours: Json, theirs: Json, favor: "ours" | "theirs"): readonly unknown[] =>
    merge(before, ours, theirs, { favor })
      .decisions.filter(({ reason }) => reason === "output-changed")
      .map((decision) => [decision.ours, decision.theirs]);
  expect(named(one, other, "theirs")).toEqual([[undefined, "a"]]);
  expect(named(other, one, "ours")).toEqual([["a", undefined]]);
});

test("DM-08 what is wrong with a new reader itself is not told of the stage that it reads", () => {
  const loud = { id: "fetch", component_type: "logger", config: { message: "m" } };
  const ours = withStages(loud, draft, { ...tell, component_type: "generator" });
  const theirs = withStages(fetch, draft, {
    ...tell,
    config: { message: "{{upstream.fetch}}", level: "warn" },
    depends_on: ["draft", "fetch"],
  });
  // A generator has no level.
  expect(open(merge(base, ours, theirs).decisions)).toEqual([]);
});
