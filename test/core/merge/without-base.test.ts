import { expect, test } from "vitest";
import { mergePipelines } from "#core/merge";
import { draft, fetch, type Json, merge, open, tell, withStages } from "./merged-pipelines.ts";

test("DM-14 an empty file as the base is none", () => {
  const [ours, theirs] = [withStages(fetch), withStages(fetch, draft)].map((json) => JSON.stringify(json));
  expect(mergePipelines(" \n", ours ?? "", theirs ?? "")).toEqual(
    mergePipelines(null, ours ?? "", theirs ?? ""),
  );
});

test("DM-14 without a base, what only one side has is there, and what differs is a decision", () => {
  const ours = { name: "ours", stages: [fetch, draft] };
  const theirs = {
    name: "theirs",
    version: "1.0.0",
    stages: [fetch, { ...draft, config: { ...draft.config, temperature: 0.9 } }, tell],
  };
  const { json, decisions } = merge(null, ours, theirs);
  expect(json).toEqual({ name: "ours", version: "1.0.0", stages: [fetch, draft, tell] });
  expect(open(decisions).toSorted()).toEqual([
    'Both sides added config.temperature of the stage "draft", each another one.',
    "Both sides added name of the pipeline, each another one.",
  ]);
});

test("DM-14 without a base, stages of one id are one that both made, however different they are", () => {
  const made = (component_type: string, config: Json): Json =>
    withStages({ id: "a", component_type, config });
  const ours = made("logger", { message: "m" });
  const { json, decisions } = merge(null, ours, made("http_request", { url: "https://example.com" }));
  expect(json).toEqual(
    withStages({ id: "a", component_type: "logger", config: { message: "m", url: "https://example.com" } }),
  );
  expect(open(decisions)).toEqual(['Both sides added component_type of the stage "a", each another one.']);
});
