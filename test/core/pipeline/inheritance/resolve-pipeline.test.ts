import { describe, expect, test } from "vitest";
import { emptyCatalog, parsePipeline, resolvePipeline } from "#core/pipeline";
import { corpusFile } from "../../../support/corpus.ts";
import { catalogOf, jsonOf, placeOf, problemsIn, resolve } from "./resolved.ts";

const say = (id: string, message: string, more: object = {}): object => ({
  id,
  component_type: "logger",
  config: { message },
  ...more,
});

const base = {
  name: "base",
  version: "2.0.0",
  description: "What all have",
  category: "etl",
  abstract: true,
  tags: ["a", "b"],
  author: "someone",
  input_schema: {
    type: "object",
    properties: { x: { type: "string", description: "old" }, y: { type: "string" } },
    required: ["x"],
  },
  env: { REGION: "eu", LEVEL: "1" },
  stages: [
    say("first", "1"),
    { id: "middle", component_type: "abstract", depends_on: ["first"] },
    say("last", "3", { depends_on: ["middle"], retry: { max_retries: 1, initial_delay_ms: 5 } }),
  ],
  output_stage_id: "last",
};

describe("a child and its parent (facts, section 7.3)", () => {
  const child = {
    name: "child",
    extends: "base",
    description: "",
    tags: ["c", "b"],
    input_schema: { properties: { x: { type: "number" }, z: {} }, required: ["z", "x"] },
    env: { LEVEL: "2" },
    overrides: {
      middle: { component_type: "logger", config: { message: "2" } },
      last: { config: { level: "warning" }, retry: { max_retries: 4 } },
    },
    stages: [say("extra", "4"), say("first", "replaced")],
  };
  const resolved = resolve("child.json", { "base.json": base, "child.json": child });

  test("everything is joined by the rules", () => {
    expect(resolved.problems).toEqual([]);
    expect(jsonOf(resolved)).toEqual({
      name: "child",
      description: "What all have",
      category: "etl",
      tags: ["a", "b", "c"],
      author: "someone",
      input_schema: {
        type: "object",
        properties: { x: { type: "number" }, y: { type: "string" }, z: {} },
        required: ["x", "z"],
      },
      env: { REGION: "eu", LEVEL: "2" },
      stages: [
        say("first", "replaced"),
        { id: "middle", component_type: "logger", depends_on: ["first"], config: { message: "2" } },
        {
          id: "last",
          component_type: "logger",
          config: { message: "3", level: "warning" },
          depends_on: ["middle"],
          retry: { max_retries: 4, initial_delay_ms: 5 },
        },
        say("extra", "4"),
      ],
      output_stage_id: "last",
    });
  });

  test("each part knows where it is written", () => {
    const lines = resolved.file.document.text.split("\n");
    const lineOf = (text: string): string =>
      `child.json:${lines.findIndex((line) => line.includes(text)) + 1}`;
    // The stage's brace is the line before its id.
    expect(placeOf(resolved, "first")).toBe(
      lineOf('"extra"').replace(/\d+/, (line) => `${Number(line) + 6}`),
    );
    expect(placeOf(resolved, "middle")).toBe(lineOf('"middle": {'));
    expect(placeOf(resolved, "last")).toBe(lineOf('"last": {'));
    const at = (text: string): string => {
      const start = resolved.document.text.indexOf(text);
      const { file, span } = resolved.originOf({ start, end: start + text.length });
      expect(file.document.text.slice(span.start, span.end)).toBe(text);
      return file.path ?? "";
    };
    expect([
      at('"3"'),
      at('"warning"'),
      at('"someone"'),
      at("REGION"),
      at('"2"'),
      at("initial_delay"),
    ]).toEqual(["base.json", "child.json", "base.json", "base.json", "child.json", "base.json"]);
  });
});

test("a chain of parents is joined from its base on, each with its origin", () => {
  const files = {
    "a.json": { name: "a", stages: [say("s", "a"), say("t", "a")] },
    "b.json": { name: "b", extends: "a", overrides: { s: { config: { message: "b", level: "info" } } } },
    "c.json": {
      name: "c",
      extends: "b",
      overrides: { s: { config: { level: "debug" } } },
      stages: [say("u", "c")],
    },
  };
  const resolved = resolve("c.json", files);
  expect(jsonOf(resolved)).toEqual({
    name: "c",
    stages: [say("s", "b", { config: { message: "b", level: "debug" } }), say("t", "a"), say("u", "c")],
  });
  expect(resolved.parents.map(({ path }) => path)).toEqual(["b.json", "a.json"]);
  expect(["s", "t", "u"].map((id) => placeOf(resolved, id).split(":")[0])).toEqual([
    "c.json",
    "a.json",
    "c.json",
  ]);
});

describe("an override replaces what the parent says in other words", () => {
  const parent = (stage: object): object => ({ name: "p", stages: [{ id: "s", ...stage }] });
  const overridden = (stage: object, override: object): unknown => {
    const child = { name: "c", extends: "p", overrides: { s: override } };
    const json = jsonOf(resolve("c.json", { "p.json": parent(stage), "c.json": child }));
    return (json["stages"] as readonly unknown[])[0];
  };

  test.each([
    [{ type: "abstract" }, { component_type: "logger" }, { component_type: "logger" }],
    [{ component: "generator" }, { component_type: "logger" }, { component_type: "logger" }],
    [{ component_type: "a" }, { uses: "logger" }, { uses: "logger" }],
    [{ skip_if: "{{ a }}" }, { when: "{{ b }}" }, { when: "{{ b }}" }],
    [{ timeout_ms: 5 }, { timeout: "3s" }, { timeout: "3s" }],
    [
      { error_handling: { on_error: "continue", note: 1 } },
      { on_error: "propagate" },
      { error_handling: { note: 1 }, on_error: "propagate" },
    ],
    [{ inputs: { a: 1, b: 2 } }, { input_mapping: { b: 3 } }, { inputs: { a: 1, b: 3 } }],
    [{ input_mapping: { a: 1 } }, { config: { a: 2 } }, { input_mapping: {}, config: { a: 2 } }],
    [
      { config: { true_stages: ["a"] } },
      { true_branch_stages: ["b"] },
      { config: {}, true_branch_stages: ["b"] },
    ],
    [
      { llm_settings: { provider: "x", top_p: 1 } },
      { provider: "y" },
      { llm_settings: { top_p: 1 }, provider: "y" },
    ],
  ])("%j with %j is %j", (stage, override, expected) => {
    expect(overridden(stage, override)).toEqual({ id: "s", ...expected });
  });

  test("inputs of a component go by all their names", () => {
    const catalog = catalogOf({
      "p.json": parent({ component_type: "generator", config: { user_prompt: "old", max_tokens: 5 } }),
    });
    const document = parsePipeline(
      '{ "extends": "p", "overrides": { "s": { "config": { "prompt": "new" } } } }',
    );
    const inputOf = (type: string, key: string): string =>
      `${type} ${key}` === "generator user_prompt" ? "prompt" : key;
    const resolved = resolvePipeline(document, { catalog, path: "c.json", inputOf });
    expect(jsonOf(resolved)["stages"]).toEqual([
      { id: "s", component_type: "generator", config: { max_tokens: 5, prompt: "new" } },
    ]);
  });
});

describe("a stage that is deleted", () => {
  test("goes from the lists of the others, and stays in expressions, which only their writer can mend", () => {
    const parent = {
      name: "p",
      stages: [
        say("a", "1"),
        say("b", "{{ upstream.a }}", { depends_on: ["a", "c"] }),
        say("c", "3"),
        {
          id: "if",
          component_type: "conditional",
          config: { true_branch_stages: "a", false_branch_stages: ["a", "c"] },
        },
      ],
    };
    const child = { name: "k", extends: "p", overrides: { a: { enabled: false } } };
    expect(jsonOf(resolve("k.json", { "p.json": parent, "k.json": child }))["stages"]).toEqual([
      say("b", "{{ upstream.a }}", { depends_on: ["c"] }),
      say("c", "3"),
      {
        id: "if",
        component_type: "conditional",
        config: { true_branch_stages: [], false_branch_stages: ["c"] },
      },
    ]);
  });
});

describe("the map dialect", () => {
  const parent = {
    name: "p",
    stages: {
      loop: {
        component: "foreach",
        inputs: { items: [1] },
        loop_stages: {
          one: { component: "logger", inputs: { message: "1" } },
          two: { component: "logger", inputs: { message: "2" }, depends_on: ["one"] },
        },
      },
    },
  };

  test("nested stages are overridden by their path", () => {
    const child = {
      name: "c",
      extends: "p",
      overrides: {
        "loop/two": { config: { level: "info" } },
        "loop/one": { enabled: false },
        loop: { name: "Loop" },
      },
    };
    const resolved = resolve("c.json", { "p.json": parent, "c.json": child });
    expect(jsonOf(resolved)["stages"]).toEqual({
      loop: {
        component: "foreach",
        inputs: { items: [1] },
        loop_stages: {
          two: { component: "logger", inputs: { message: "2" }, depends_on: [], config: { level: "info" } },
        },
        name: "Loop",
      },
    });
    expect(placeOf(resolved, "loop/two")).toBe("c.json:5");
  });

  test.each([
    ["a list extends an object", parent, { stages: [say("more", "x")] }],
    ["an object extends a list", { name: "p", stages: [say("more", "x")] }, { stages: parent.stages }],
  ])("%s: the stages are an object, each as it was", (_, over, own) => {
    const resolved = resolve("c.json", { "p.json": over, "c.json": { name: "c", extends: "p", ...own } });
    const { id: _id, ...more } = say("more", "x") as { id: string };
    expect(jsonOf(resolved)["stages"]).toEqual({ ...parent.stages, more });
    expect(resolved.document.pipeline.stages.map(({ id }) => id).toSorted()).toEqual([
      "loop",
      "loop/one",
      "loop/two",
      "more",
    ]);
    expect(placeOf(resolved, "more")).toMatch(own.stages === parent.stages ? /^p\.json/ : /^c\.json/);
  });
});

describe("compositions", () => {
  const files = {
    "sum.json": { name: "sum", stages: [say("s", "1")] },
    "whole.json": {
      name: "whole",
      stages: [say("read", "x")],
      compositions: [
        {
          id: "part",
          pipeline: "sum",
          input_mapping: { text: "{{ upstream.read.message }}" },
          output_mapping: {
            short: "summary.text",
            all: "$",
            first: "$.items[0]",
            own: "{{ output.status }}",
          },
          depends_on: ["read"],
          timeout: "5s",
        },
      ],
    },
  };

  test("each becomes a stage that calls the pipeline, and gives names to what comes of it", () => {
    const resolved = resolve("whole.json", files);
    expect(resolved.problems).toEqual([]);
    expect(jsonOf(resolved)).toEqual({
      name: "whole",
      stages: [
        say("read", "x"),
        {
          id: "part",
          component_type: "subpipeline",
          depends_on: ["read"],
          timeout: "5s",
          config: { pipeline_id: "sum", input_data: { text: "{{ upstream.read.message }}" } },
          outputs: {
            short: "{{ output.result.summary.text }}",
            all: "{{ output.result }}",
            first: "{{ output.result.items[0] }}",
            own: "{{ output.status }}",
          },
        },
      ],
    });
    expect(placeOf(resolved, "part")).toBe("whole.json:13");
  });

  test("a child's takes the place of its parent's by its id", () => {
    const child = {
      name: "child",
      extends: "whole",
      compositions: [
        { id: "part", pipeline: "sum@^1.0.0" },
        { id: "more", pipeline: "sum" },
      ],
    };
    const stages = jsonOf(resolve("child.json", { ...files, "child.json": child }))["stages"];
    expect(stages).toMatchObject([
      { id: "read" },
      { id: "part", config: { pipeline_id: "sum@^1.0.0" } },
      { id: "more", config: { pipeline_id: "sum" } },
    ]);
  });
});

describe("what cannot be resolved is said at a place of the file, and leaves the file as it is", () => {
  const broken = '{ "name": "broken", "stages": [';
  test.each([
    ["nobody", {}, 'FM1301 "nobody"'],
    ["two", { "t.json": { name: "two", stages: [] }, "u.json": { name: "two", stages: [] } }, 'FM1301 "two"'],
    ["old@^2.0.0", { "t.json": { name: "old", stages: [] } }, 'FM1301 "old@^2.0.0"'],
    ["old@newest", { "t.json": { name: "old", stages: [] } }, 'FM1301 "old@newest"'],
    ["c", {}, 'FM1303 "c"'],
    ["c.json", {}, 'FM1303 "c.json"'],
    ["broken", { "broken.json": broken }, 'FM1304 "broken"'],
    ["mid", { "mid.json": { name: "mid", extends: "c" } }, 'FM1303 "mid"'],
    ["mid", { "mid.json": { name: "mid", extends: "nobody" } }, 'FM1301 "mid"'],
  ])("extends %j in a project with %j", (parent, files, problem) => {
    const child = { name: "c", extends: parent, stages: [say("s", "1")] };
    const resolved = resolve("c.json", { ...files, "c.json": child });
    expect(problemsIn(resolved)).toEqual([problem]);
    expect(resolved.complete).toBe(false);
    expect(resolved.document).toBe(resolved.file.document);
  });

  test("a parent's own missing parent is shown in the parent", () => {
    const files = { "mid.json": { name: "mid", extends: "nobody" }, "c.json": { name: "c", extends: "mid" } };
    const [problem] = resolve("c.json", files).problems;
    expect(problem?.message).toContain('The pipeline "mid" (mid.json) cannot be extended');
    expect(problem?.related).toMatchObject([{ path: "mid.json" }]);
  });

  test("pipelines that extend each other are named in a circle", () => {
    const files = {
      "a.json": { name: "a", extends: "b" },
      "b.json": { name: "b", extends: "c" },
      "c.json": { name: "c", extends: "b" },
    };
    for (const path of Object.keys(files))
      expect(resolve(path, files).problems[0]?.message).toMatch(
        /^No pipeline can extend itself: (b -> c -> b|c -> b -> c)\./,
      );
  });
});

test("a pipeline that inherits nothing is its own", () => {
  const document = parsePipeline(corpusFile("tpl_hello-world.json").text);
  const resolved = resolvePipeline(document, { catalog: emptyCatalog, path: null });
  expect(resolved.document).toBe(document);
  expect(resolved.originOf({ start: 3, end: 5 })).toMatchObject({
    file: { document },
    span: { start: 3, end: 5 },
  });
});
