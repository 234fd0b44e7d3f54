import { expect, test } from "vitest";
import { describeChange } from "#core/merge";
import { base, changesTo } from "./compared-pipelines.ts";

test("DM-02 a stage with another id is renamed, not removed and added, and edges to it are no change", () => {
  const before = JSON.stringify(base, null, 2);
  const renamed = before.replaceAll('"draft"', '"write"').replaceAll("upstream.draft.", "upstream.write.");
  expect(changesTo(renamed).map(describeChange)).toEqual(['stage "draft" renamed to "write"']);
  const edited = renamed.replace("three sentences", "two sentences");
  expect(changesTo(edited).map(describeChange)).toEqual([
    'stage "draft" renamed to "write"',
    'stage "write": config.prompt',
  ]);
});

test("DM-02 an edge that does not follow a renamed stage is told", () => {
  const renamed = JSON.stringify(base, null, 2).replace('"id": "draft"', '"id": "write"');
  expect(changesTo(renamed).map(describeChange)).toEqual(
    [
      'stage "draft" renamed to "write"',
      "pipeline: layout.write",
      "pipeline: layout.draft",
      'stage "tell": config.message',
      'stage "tell": depends_on',
    ].toSorted((a, b) => Number(b.includes("renamed")) - Number(a.includes("renamed"))),
  );
});

test("DM-02 of stages that are all alike none is taken for another one", () => {
  const twins = (ids: readonly string[]): string =>
    JSON.stringify({
      stages: ids.map((id) => ({ id, component_type: "logger", config: { message: "same" } })),
    });
  expect(changesTo(twins(["c", "d"]), twins(["a", "b"])).map(({ kind }) => kind)).toEqual([
    "stage-removed",
    "stage-removed",
    "stage-added",
    "stage-added",
  ]);
});

test("DM-02 a stage of another component, or one elsewhere that is only much alike, is another stage", () => {
  const stage = (id: string, component_type: string, last: string): object => ({
    id,
    component_type,
    config: { url: "https://one.example", method: "GET", body: "b", query: "q", last },
  });
  const stages = (...all: readonly object[]): string =>
    JSON.stringify({
      stages: [{ id: "x", component_type: "logger" }, ...all, { id: "y", component_type: "logger" }],
    });
  const kinds = (before: string, after: string): readonly string[] =>
    changesTo(after, before).map(({ kind }) => kind);
  const before = stages(stage("a", "http_request", "l"));
  expect(kinds(before, stages(stage("b", "http_request", "m")))).toEqual(["stage-renamed", "value-changed"]);
  expect(kinds(before, stages(stage("b", "webhook", "l")))).toEqual(["stage-removed", "stage-added"]);
  const elsewhere = JSON.parse(stages());
  elsewhere.stages.push(stage("b", "http_request", "m"));
  expect(kinds(before, JSON.stringify(elsewhere))).toEqual(["stage-removed", "stage-added"]);
});

test("DM-02 a stage whose owner is renamed is the same, whatever became of it; so is one that is renamed inside it", () => {
  const item = { component: "logger", config: { message: "Says what there is to say." } };
  const written = (owner: string, name: string, inner: object): string =>
    JSON.stringify({
      stages: {
        item: { component: "logger", config: { message: "Not the one in the loop." } },
        [owner]: {
          component: "foreach",
          config: { items: "{{input.a_list_of_things}}" },
          loop_stages: { [name]: inner, last: { component: "logger", depends_on: [name] } },
        },
      },
    });
  const before = written("loop", "item", item);
  expect(changesTo(written("each", "item", { component: "filter" }), before).map(describeChange)).toEqual([
    'stage "loop" renamed to "each"',
    'stage "each/item": component',
    'stage "each/item": config',
  ]);
  expect(changesTo(written("each", "one", item), before).map(describeChange)).toEqual([
    'stage "loop" renamed to "each"',
    'stage "loop/item" renamed to "each/one"',
  ]);
});

test("DM-02 two stages that swap their ids are renamed, and each edge goes where it went", () => {
  const stage = (id: string, url: string): object => ({
    id,
    component_type: "http_request",
    config: { url, method: "GET", headers: { from: url } },
  });
  const before = JSON.stringify({
    stages: [stage("a", "https://one.example"), stage("b", "https://two.example")],
  });
  const after = JSON.stringify({
    stages: [stage("c", "https://one.example"), stage("d", "https://two.example")],
  });
  expect(changesTo(after, before).map(describeChange)).toEqual([
    'stage "a" renamed to "c"',
    'stage "b" renamed to "d"',
  ]);
});
