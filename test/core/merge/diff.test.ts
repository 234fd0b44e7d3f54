import { expect, test } from "vitest";
import {
  applyDiff,
  describeChange,
  diffPipelines,
  isLayout,
  listPieces,
  mergePipelines,
  wordPieces,
} from "#core/merge";
import { base, changesTo, text } from "./compared-pipelines.ts";

test("DM-01 each kind of change is told once, by its stage and its path", () => {
  const after = text(({ stages: [fetch = {}, draft = {}, tell = {}], ...rest }) => ({
    ...rest,
    version: "2.0.0",
    stages: [
      tell,
      { ...fetch, "x-owner": "Ada" },
      {
        ...draft,
        config: { ...(draft["config"] as object), temperature: 0.7 },
        depends_on: ["fetch", "more"],
      },
      { id: "more", component_type: "logger", config: { message: "m" } },
    ],
  }));
  expect(changesTo(after).map(describeChange)).toEqual([
    "pipeline: version",
    'stage "tell" moved to the beginning',
    'stage "fetch": x-owner',
    'stage "draft": config.temperature',
    'stage "draft": depends_on',
    'stage "more" (logger) added',
  ]);
});

test("DM-01 a stage that goes is one change, and each place that named it another", () => {
  const after = text(({ stages: [, draft = {}, tell], ...rest }) => ({
    ...rest,
    stages: [{ ...draft, depends_on: [] }, tell],
  }));
  expect(changesTo(after)).toEqual([
    expect.objectContaining({ kind: "stage-removed", stage: "fetch" }),
    expect.objectContaining({ kind: "value-changed", path: ["depends_on"], before: ["fetch"], after: [] }),
  ]);
});

test("DM-01 where stages are drawn is set apart", () => {
  const after = text((pipeline) => ({
    ...pipeline,
    layout: { fetch: { x: 5, y: 0 }, draft: { x: 100, y: 9 } },
  }));
  const changes = changesTo(after);
  expect(changes).toHaveLength(2);
  expect(changes.every(isLayout)).toBe(true);
});

test("DM-01 each value that changed says what it is about", () => {
  const stage = (prompt: string, config: object, more: object): object => ({
    stages: [{ id: "a", component_type: "generator", config: { prompt, ...config }, ...more }],
  });
  const before = JSON.stringify(stage("Say it.", { temperature: 0.2 }, { position: { x: 0, y: 0 } }));
  const after = stage("Say it now.", { temperature: 0.4 }, { position: { x: 0, y: 9 }, depends_on: ["b"] });
  const changes = changesTo(JSON.stringify(after), before);
  expect(changes).toEqual(
    [
      { path: ["config", "prompt"], topic: "prompt" },
      { path: ["config", "temperature"], topic: "config" },
      { path: ["position", "y"], topic: "layout" },
      { path: ["depends_on"], topic: "edges" },
    ].map((change) => expect.objectContaining({ kind: "value-changed", stage: "a", ...change })),
  );
  expect(changes.filter(isLayout)).toHaveLength(1);
});

test("DM-01 the order of keys makes no difference inside lists either", () => {
  const sent = (destination: object): string => JSON.stringify({ ...base, destinations: [destination] });
  expect(changesTo(sent({ a: 1, b: { c: 2, d: 3 } }), sent({ b: { d: 3, c: 2 }, a: 1 }))).toEqual([]);
});

test("DM-01 a stage in another branch is told so, in whichever dialect", () => {
  const list = (yes: readonly string[], no: readonly string[]): string =>
    JSON.stringify({
      stages: [
        {
          id: "check",
          component_type: "conditional",
          config: { condition: "1", true_branch_stages: yes, false_branch_stages: no },
        },
        { id: "a", component_type: "logger", config: { message: "a" }, depends_on: ["check"] },
      ],
    });
  expect(changesTo(list([], ["a"]), list(["a"], [])).map(describeChange)).toContain(
    'stage "a" moved from "true" of "check" to "false" of "check"',
  );
  const map = (inside: object, outside: object): string =>
    JSON.stringify({
      stages: { loop: { component: "foreach", config: { items: [] }, loop_stages: inside }, ...outside },
    });
  const a = { component: "logger", config: { message: "a" } };
  const b = { component: "logger", config: { message: "b" } };
  expect(changesTo(map({ b }, { a }), map({ a, b }, {})).map(describeChange)).toEqual([
    'stage "a" moved from loop_stages of "loop" to the pipeline itself',
  ]);
});

test("DM-01 an order that is new is as few moves as explain it, and no stage that stayed is one of them", () => {
  const ids = Array.from({ length: 200 }, (_, index) => `s${index}`);
  const written = (order: readonly string[]): string =>
    JSON.stringify({
      stages: order.map((id) => ({ id, component_type: "logger", config: { message: id } })),
    });
  const moved = ["s7", "s50", "s120", "s199"];
  const order = [...moved, ...ids.filter((id) => !moved.includes(id))];
  const changes = changesTo(written(order), written(ids));
  expect(changes.map((change) => [change.kind, "stage" in change ? change.stage : null])).toEqual(
    moved.map((id) => ["stage-reordered", id]),
  );
});

test("DM-05 of texts the words that changed are told, of lists the items", () => {
  expect(wordPieces("Write three short sentences.", "Write two short sentences.")).toEqual([
    { kind: "same", text: "Write " },
    { kind: "removed", text: "three" },
    { kind: "added", text: "two" },
    { kind: "same", text: " short sentences." },
  ]);
  expect(listPieces(["a", { b: 1 }], ["a", "c", { b: 1 }])).toEqual([
    { kind: "same", item: "a" },
    { kind: "added", item: "c" },
    { kind: "same", item: { b: 1 } },
  ]);
  expect(listPieces(["a", "b"], ["b"])).toEqual([
    { kind: "removed", item: "a" },
    { kind: "same", item: "b" },
  ]);
});

test("DM-01 of two lists with thousands of changes it is told what only one has, whatever the order", () => {
  const before = Array.from({ length: 6_000 }, (_, index) => index);
  const after = before.map((item) => (item % 2 === 0 ? item : -item)).toReversed();
  const kinds = Map.groupBy(listPieces(before, after), ({ kind }) => kind);
  const items = (kind: "same" | "removed" | "added"): readonly unknown[] =>
    (kinds.get(kind) ?? []).map(({ item }) => item);
  expect(items("same")).toEqual(before.filter((item) => item % 2 === 0));
  expect(items("removed")).toEqual(before.filter((item) => item % 2 === 1));
  expect(items("added")).toEqual(after.filter((item) => item < 0));
});

test("a text that is no pipeline is refused with what is wrong, on whichever side", () => {
  expect(diffPipelines("{", "{}")).toMatchObject({ ok: false, side: "before" });
  expect(diffPipelines("{}", "[]")).toMatchObject({ ok: false, side: "after" });
});

test("comments and commas after last elements are read, and stages without ids are kept", () => {
  const before = '{ "stages": [ 1, { "id": "a" }, // one\n ], }';
  const after = '{ "stages": [ { "id": "a" }, 1, 1 ] }';
  const result = diffPipelines(before, after);
  if (!result.ok) throw new Error(result.message);
  expect(applyDiff(before, result.diff)).toEqual({ stages: [{ id: "a" }, 1, 1] });
});

test("a stage without an id is called by what it says", () => {
  const after = JSON.stringify({ ...base, stages: [...base.stages, { component_type: "logger" }, 5] });
  expect(changesTo(after).map(describeChange)).toEqual([
    'stage without an id {"component_type":"logger"} (logger) added',
    "stage without an id 5 added",
  ]);
});

test.each([
  ["[]", "["],
  ["{}", '{"a":'],
])("of values in %s that are nested deeper than is read it is said so, and none is compared", (_, open) => {
  const deep = open.repeat(20_000) + "1" + (open === "[" ? "]" : "}").repeat(20_000);
  const having = (config: string): string => `{"name":"p","stages":[{"id":"a","config":{"x":${config}}}]}`;
  const refused = { ok: false, side: "after", message: expect.stringContaining("nested 200 deep") };
  expect(diffPipelines(having("1"), having(deep))).toEqual(refused);
  expect(mergePipelines(having("1"), having("2"), having(deep))).toMatchObject({ ok: false, side: "theirs" });
});
