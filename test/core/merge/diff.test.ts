import { expect, test } from "vitest";
import {
  applyDiff,
  type Change,
  describeChange,
  diffPipelines,
  isLayout,
  listPieces,
  mergePipelines,
  wordPieces,
} from "#core/merge";

const base = {
  name: "p",
  stages: [
    { id: "fetch", component_type: "http_request", config: { url: "https://example.com/a" } },
    {
      id: "draft",
      component_type: "generator",
      config: {
        prompt: "Write three sentences about {{upstream.fetch.body}} for people who are new here.",
        temperature: 0.2,
      },
      depends_on: ["fetch"],
    },
    {
      id: "tell",
      component_type: "logger",
      config: { message: "{{upstream.draft.content}}" },
      depends_on: ["draft"],
    },
  ],
  layout: { fetch: { x: 0, y: 0 }, draft: { x: 100, y: 0 } },
};

type Stages = readonly Readonly<Record<string, unknown>>[];

function text(change: (pipeline: { stages: Stages } & Record<string, unknown>) => unknown): string {
  return JSON.stringify(change(structuredClone(base)), null, 2);
}

function changesTo(after: string, before = JSON.stringify(base, null, 2)): readonly Change[] {
  const result = diffPipelines(before, after);
  if (!result.ok) throw new Error(result.message);
  return result.diff.changes;
}

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
