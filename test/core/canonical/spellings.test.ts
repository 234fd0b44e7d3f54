import { describe, expect, test } from "vitest";
import { builtInProject, componentVocabulary } from "#core/component-definitions";
import { canonicalText, parsePipeline } from "#core/pipeline";
import { documentJson } from "../../support/document-json.ts";

const vocabulary = componentVocabulary(builtInProject.definitions);

function canonicalOf(text: string): Extract<ReturnType<typeof canonicalText>, { ok: true }> {
  const canonical = canonicalText(parsePipeline(text), vocabulary);
  if (!canonical.ok) throw new Error(canonical.problem.message);
  return canonical;
}

/** The stages of the canonical form of a pipeline. */
function stagesOf(stages: unknown, more: object = {}): unknown {
  const { text } = canonicalOf(JSON.stringify({ name: "p", stages, ...more }));
  return documentJson(parsePipeline(text))["stages"];
}

const log = { component_type: "logger", config: { message: "m" } };
const check = { component_type: "conditional", config: { condition: true } };

/** What becomes of a text of a stage that comes after a generator `a`, a conditional `c` and a stage `b-1`. */
function textOf(message: string, container: "list" | "map" = "list"): unknown {
  const stages = {
    a: { component_type: "generator", config: { prompt: "p" } },
    c: check,
    "b-1": log,
    t: { component_type: "logger", config: { message } },
  };
  const listed = Object.entries(stages).map(([id, stage]) => ({ id, ...stage }));
  const [, , , last] = stagesOf(container === "map" ? stages : listed) as readonly {
    config: { message: string };
  }[];
  return last?.config.message;
}

test("comments and empty lines move with what they are about", () => {
  const { text } = canonicalOf(`// head
{
  "name": "p", // the name

  /* all of it */
  "stages": {
    // first
    "loop": {
      "component": "foreach", // each
      "config": { "items": [1] },
      "loop_stages": {
        // inner
        "say": { "component": "logger", "config": { "message": "m" }, "position": { "x": 1, "y": 2 /* down */ } } // said
        // left
      }
    }
    // last
  },
  "layout": { "loop": { "x": 5, "y": 6, "color": "red" } } // places
}
// tail
`);
  expect(text).toBe(`// head
{
  "name": "p", // the name

  /* all of it */
  "stages": [
    // first
    {
      "id": "loop",
      "component_type": "foreach", // each
      "config": {
        "items": [1],
        // left
        "loop_stages": ["say"]
      }
    },
    // inner
    { "id": "say", "component_type": "logger", "config": { "message": "m" } } // said
    // last
  ],
  "layout": {
    "loop": { "x": 5, "y": 6, "color": "red" },
    "say": { "x": 1, "y": 2 /* down */ }
  } // places
}
// tail
`);
});

describe("references", () => {
  test.each([
    ["{{ stages.a.content }}", "{{ upstream.a.content }}"],
    ["{{a.output.content}}", "{{upstream.a.content}}"],
    [
      "{{a.content | upper}} and {{ stages['a'].content }}",
      "{{upstream.a.content | upper}} and {{ upstream['a'].content }}",
    ],
    ["{{ stages.a.output }}", "{{ upstream.a }}"],
    // Behind .output there are no aliases, so it stays where it keeps one from being read.
    ["{{ stages.a.output.result }}", "{{ upstream.a.output.result }}"],
    ["{{ stages.a.output['content'] }}", "{{ upstream.a.output['content'] }}"],
    ["{{ stages.a?.output ?? 1 }}", "{{ upstream.a?.output ?? 1 }}"],
    ["{{ [a for a in [1]] }}", "{{ [a for a in [1]] }}"],
    // Behind upstream. a hyphen and a digit belong to the name.
    ["{{ a-1 }}", "{{ upstream['a']-1 }}"],
    [
      "{{#if a.output.content}}{{ a.output.content }}{{/if}}",
      "{{#if upstream.a.content}}{{ upstream.a.content }}{{/if}}",
    ],
    ["{{ input.a }} {{ vars.a }} \\{{ a.output }}", "{{ input.a }} {{ vars.a }} \\{{ a.output }}"],
    ["{{ c.branch_taken }}", "{{ upstream.c.branch_taken }}"],
    ["{{ not closed", "{{ not closed"],
  ])("%s", (written, canonical) => {
    expect(textOf(written)).toBe(canonical);
  });

  test("of the map dialect read a conditional's boolean", () => {
    expect(textOf("{{ stages.c.branch_taken }}", "map")).toBe("{{ upstream.c.condition_result }}");
    expect(textOf("{{ stages.c.output.branch_taken }}", "map")).toBe("{{ upstream.c.condition_result }}");
    expect(textOf("{{ stages['c']['branch_taken'] }}", "map")).toBe(
      "{{ upstream['c']['condition_result'] }}",
    );
    const { notes } = canonicalOf(
      JSON.stringify({
        name: "p",
        stages: { c: check, t: { ...log, config: { message: "{{ stages.c }}" } } },
      }),
    );
    expect(notes).toEqual([expect.stringContaining('takes the whole output of the conditional "c"')]);
  });

  test("keep every escape around them", () => {
    const { text } = canonicalOf(
      '{"name":"p","stages":[{"id":"a","component_type":"logger","config":{"message":"\\u00e9\\/ {{ input.x }}"}},{"id":"b","component_type":"logger","config":{"message":"\\u00e9\\/\\t{{ a.output.logged }}\\u00e9"}}]}',
    );
    expect(text).toContain('"\\u00e9\\/\\t{{ upstream.a.logged }}\\u00e9"');
  });
});

describe("skip_if", () => {
  const when = (skip_if: unknown, more: object = { depends_on: ["c"] }): unknown => {
    const stages = stagesOf(
      { c: check, t: { ...log, skip_if, ...more } },
      { input_schema: { properties: { x: {} } } },
    );
    const [, stage] = stages as readonly { when?: unknown }[];
    return stage?.when;
  };

  test.each([
    ["{{ stages.c.branch_taken }}", "{{ not upstream.c.condition_result }}"],
    ["{{ not stages.c.branch_taken }}", "{{ upstream.c.condition_result }}"],
    ["not (c.branch_taken and input.x)", "upstream.c.condition_result and input.x"],
    ["!input.x", "input.x"],
    ["{{input.x}} > 3", "not ({{input.x}} > 3)"],
    ["input.x == 1 or input.x == 2", "not (input.x == 1 or input.x == 2)"],
    // `not` would take what is missing for false, and the run would not fail any more.
    ["{{ input.x.y }}", "{{ bool(input.x.y) == false }}"],
    ["{{ not input.x.y }}", "{{ not (not input.x.y) }}"],
    [true, false],
    [false, true],
    [0, true],
  ])("%j", (written, canonical) => {
    expect(when(written)).toBe(canonical);
  });

  test("of a stage that may run without the one it reads stays exact", () => {
    const more = { depends_on: ["c"], trigger_rule: "all_done" };
    expect(when("{{ stages.c.branch_taken }}", more)).toBe(
      "{{ bool(upstream.c.condition_result) == false }}",
    );
  });

  test("that cannot be parsed stays", () => {
    expect(stagesOf([{ id: "t", ...log, skip_if: "a +" }])).toEqual([{ id: "t", ...log, skip_if: "a +" }]);
  });
});

describe("fields", () => {
  test.each<[string, object, object]>([
    ["the component", { uses: "json-transform@^1.0.0" }, { component_type: "json_transform@^1.0.0" }],
    ["a time limit in milliseconds", { ...log, timeout_ms: 90_000 }, { ...log, timeout: "90s" }],
    ["one in seconds", { ...log, timeout: 1.5 }, { ...log, timeout: "1500ms" }],
    ["one that is text", { ...log, timeout: "2m" }, { ...log, timeout: "2m" }],
    ["two limits", { ...log, timeout: 3, timeout_ms: 5 }, { ...log, timeout: 3, timeout_ms: 5 }],
    ["retry_config", { ...log, retry_config: { max_retries: 2 } }, { ...log, retry: { max_retries: 2 } }],
    [
      "error_handling",
      { ...log, error_handling: { on_error: "continue", max_retries: 2, note: "n" } },
      { ...log, on_error: "continue", retry: 2, error_handling: { note: "n" } },
    ],
    [
      "error_handling with a delay in seconds",
      { ...log, error_handling: { on_error: "retry", retry_delay: 2 } },
      { ...log, on_error: "retry", retry: { max_retries: 3, initial_delay_ms: 2000, backoff_multiplier: 1 } },
    ],
    [
      "inputs",
      { component: "logger", inputs: { message: "m" } },
      { component_type: "logger", input_mapping: { message: "m" } },
    ],
    [
      "names of one's own for a called pipeline",
      { type: "subpipeline", config: { pipeline_id: "q" }, inputs: { a: 1, b: 2 } },
      {
        component_type: "subpipeline",
        config: { pipeline_id: "q" },
        input_mapping: { input_data: { a: 1, b: 2 } },
      },
    ],
    [
      "values of other types",
      { component_type: "critic", config: { content: "c", criteria: "short", strict_mode: "yes" } },
      { component_type: "critic", config: { content: "c", criteria: ["short"], strict_mode: true } },
    ],
    [
      "milliseconds for seconds",
      { component_type: "http-request", config: { url: "u", query_params: {}, timeout: 10_000 } },
      { component_type: "http_request", config: { url: "u", params: {}, timeout: 10 } },
    ],
    [
      "an alias beside the name itself",
      { component_type: "generator", config: { prompt: "p", user_prompt: "q" } },
      { component_type: "generator", config: { prompt: "p", user_prompt: "q" } },
    ],
    [
      "what nobody knows",
      { ...log, note: { "": [null] }, ["__proto__"]: 1 },
      { ...log, note: { "": [null] }, ["__proto__"]: 1 },
    ],
  ])("%s", (_, written, canonical) => {
    expect(stagesOf([{ id: "t", ...written }])).toEqual([{ id: "t", ...canonical }]);
  });
});

describe("ids of stages that were written inside others", () => {
  const body = (stages: object): object => ({
    component: "foreach",
    config: { items: [1] },
    loop_stages: stages,
  });

  test("are their own names where these are free, else with their owner's", () => {
    const { renamed, notes } = canonicalOf(
      JSON.stringify({
        name: "p",
        stages: { a: body({ say: log, b: log }), b: body({ say: log, a_say: log }) },
      }),
    );
    expect(Object.fromEntries(renamed)).toEqual({
      "a/say": "say",
      "a/b": "a_b",
      "b/say": "b_say",
      "b/a_say": "a_say",
    });
    expect(notes).toEqual([expect.stringContaining("a/say is say, a/b is a_b")]);
  });

  test("are read under their new names, from wherever the old one meant them", () => {
    const read = (message: string): object => ({ component: "logger", config: { message } });
    const stages = stagesOf({
      a: body({ x: log, say: read("{{ x.output.logged }} {{ stages.b.logged }}") }),
      x: log,
      b: read("{{ stages.x.logged }}"),
    });
    expect(stages).toMatchObject([
      { id: "a", config: { loop_stages: ["a_x", "say"] } },
      { id: "a_x" },
      { id: "say", config: { message: "{{ upstream.a_x.logged }} {{ upstream.b.logged }}" } },
      { id: "x" },
      { id: "b", config: { message: "{{ upstream.x.logged }}" } },
    ]);
  });
});

describe("is refused, and says why", () => {
  test.each([
    ["for a text that is no JSON", "{", /Expected/],
    ["for an error of shape", '{ "name": "p", "stages": [{ "component": "logger" }] }', /has no id/],
    [
      "where an id would be lost",
      '{ "name": "p", "stages": { "a": { "id": "b", "component": "logger" } } }',
      /an "id" of its own inside/,
    ],
    [
      "for a key that stands twice",
      '{ "name": "p", "stages": [{ "id": "a", "type": "logger", "type": "filter" }] }',
      /written twice/,
    ],
  ])("%s", (_, text, message) => {
    const canonical = canonicalText(parsePipeline(text), vocabulary);
    expect(canonical).toMatchObject({ ok: false, problem: { message: expect.stringMatching(message) } });
  });
});
