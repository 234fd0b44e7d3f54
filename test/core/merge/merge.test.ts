import { expect, test } from "vitest";
import { mergePipelines } from "#core/merge";
import { base, draft, fetch, type Json, merge, open, tell, withStages } from "./merged-pipelines.ts";

test("DM-06 two properties of one stage, changed by one side each, both change", () => {
  const ours = withStages({ ...fetch, config: { ...fetch.config, timeout: 60 } }, draft, tell);
  const theirs = withStages(
    { ...fetch, config: { ...fetch.config, url: "https://example.com/b" }, "x-owner": "Ada" },
    draft,
    tell,
  );
  const { json, decisions } = merge(base, ours, theirs);
  expect(decisions).toEqual([]);
  expect(json.stages[0]).toEqual({
    ...fetch,
    config: { url: "https://example.com/b", timeout: 60 },
    "x-owner": "Ada",
  });
});

test("DM-06 what both sides changed alike is so, and nobody is asked", () => {
  const set = (temperature: number, timeout: number): Json =>
    withStages(
      { ...fetch, config: { ...fetch.config, timeout } },
      { ...draft, config: { ...draft.config, temperature } },
      tell,
    );
  const { json, decisions } = merge(base, set(0.5, 30), set(0.5, 60));
  expect(json).toEqual(set(0.5, 60));
  expect(decisions).toEqual([]);
  const removed = merge(base, withStages(fetch, draft), { ...withStages(fetch, draft), version: "2.0.0" });
  expect(removed.json).toEqual({ ...withStages(fetch, draft), version: "2.0.0" });
  expect(removed.decisions).toEqual([]);
});

test("DM-06 one property changed twice is one decision, and is as ours has it until somebody decides", () => {
  const set = (temperature: number): Json =>
    withStages(fetch, { ...draft, config: { ...draft.config, temperature } }, tell);
  const { json, decisions } = merge(base, set(0.5), set(0.9));
  expect(decisions).toEqual([
    expect.objectContaining({
      id: "/stages/draft/config/temperature",
      state: "open",
      base: 0.2,
      ours: 0.5,
      theirs: 0.9,
      message: 'Both sides changed config.temperature of the stage "draft", each to something else.',
      resolutions: ["ours", "theirs", "base"],
    }),
  ]);
  expect(json).toEqual(set(0.5));
  for (const [choice, value] of [
    ["theirs", 0.9],
    ["base", 0.2],
    [{ value: 0.7 }, 0.7],
  ] as const) {
    const chosen = merge(base, set(0.5), set(0.9), {
      choices: new Map([["/stages/draft/config/temperature", choice]]),
    });
    expect(chosen.json).toEqual(set(value));
    expect(chosen.decisions).toMatchObject([{ state: "chosen" }]);
  }
  expect(merge(base, set(0.5), set(0.9), { favor: "theirs" }).json).toEqual(set(0.9));
});

test("DM-06 both sides add stages at one place, and both stages are there", () => {
  const one = { id: "one", component_type: "logger", config: { message: "1" } };
  const two = { id: "two", component_type: "logger", config: { message: "2" } };
  const { json, decisions } = merge(
    base,
    withStages(fetch, draft, tell, one),
    withStages(fetch, draft, tell, two),
  );
  expect(json.stages.map(({ id }) => id)).toEqual(["fetch", "draft", "tell", "one", "two"]);
  expect(decisions).toEqual([]);
  const within = merge(base, withStages(fetch, one, draft, tell), withStages(fetch, two, draft, tell));
  expect(within.json.stages.map(({ id }) => id)).toEqual(["fetch", "one", "two", "draft", "tell"]);
});

test("DM-06 a stage that one side moves and the other edits is moved and edited", () => {
  const { json, decisions } = merge(
    base,
    withStages(tell, fetch, draft),
    withStages(fetch, { ...draft, "x-a": 1 }, tell),
  );
  expect(json.stages).toEqual([tell, fetch, { ...draft, "x-a": 1 }]);
  expect(decisions).toEqual([]);
});

test("DM-06 items of lists merge by what they are", () => {
  const waits = (...ids: readonly string[]): Json => withStages(fetch, { ...draft, depends_on: ids }, tell);
  const { json, decisions } = merge(waits("a", "b", "c"), waits("a", "c", "d"), waits("b", "c", "e"));
  expect(json.stages[1]).toMatchObject({ depends_on: ["c", "d", "e"] });
  expect(open(decisions)).toEqual([]);
  const sent = (...destinations: readonly Json[]): Json => ({ ...base, output_config: { destinations } });
  const [a, b] = [
    { id: "a", type: "webhook" },
    { id: "b", type: "email" },
  ];
  expect(
    merge(sent(a, b), sent({ ...a, name: "A" }, b), sent({ ...a, url: "u" })).json["output_config"],
  ).toEqual({
    destinations: [{ id: "a", type: "webhook", name: "A", url: "u" }],
  });
});

test("DM-06 what is in a body that theirs took apart is edited where it is now, and nobody is asked", () => {
  const item: Json = { component: "logger", config: { message: "Say what there is.", level: "info" } };
  const within = (inner: Json): Json => ({
    name: "p",
    stages: {
      loop: { component: "foreach", config: { items: "{{input.items}}" }, loop_stages: { item: inner } },
    },
  });
  const edited: Json = { ...item, description: "Says it." };
  const alone = { name: "p", stages: { item } };
  for (const [ours, theirs] of [
    [within(edited), alone],
    [alone, within(edited)],
  ] as const) {
    const { json, decisions } = merge(within(item), ours, theirs);
    expect(open(decisions)).toEqual([]);
    expect(json).toEqual({ name: "p", stages: { item: edited } });
  }
  const removed = merge(within(item), { name: "p", stages: {} }, within(edited));
  expect(open(removed.decisions)).toContain(
    'Ours removed the stage "loop", and theirs changed what is in it.',
  );
});

test("DM-06 a file that theirs converted to another dialect merges with what ours edited", () => {
  const map = {
    name: "p",
    stages: {
      fetch: { component: "http_request", config: fetch.config },
      draft: { component: "generator", config: { ...draft.config, temperature: 0.9 }, depends_on: ["fetch"] },
      tell: {
        component: "logger",
        config: { message: "{{stages.draft.output.content}}" },
        depends_on: ["draft"],
      },
    },
  };
  const ours = withStages({ ...fetch, config: { ...fetch.config, timeout: 60 } }, draft, tell);
  const { json, decisions } = merge(base, ours, map);
  expect(open(decisions)).toEqual([]);
  expect(json.stages).toEqual([
    { ...fetch, config: { ...fetch.config, timeout: 60 } },
    { ...draft, config: { ...draft.config, temperature: 0.9 } },
    tell,
  ]);
});

test("DM-06 of a file in several dialects each stage is merged as ours spells it, also where theirs spells it otherwise", () => {
  const spelled = (stage: Json): Json => {
    const { component_type, ...rest } = stage;
    return { ...rest, component: component_type };
  };
  const from = withStages(fetch, draft, spelled(tell));
  const ours = withStages(fetch, draft, { ...spelled(tell), component: "notification" });
  const warm = { ...draft, config: { ...draft.config, temperature: 0.9 } };
  const { json, decisions } = merge(from, ours, withStages(fetch, warm, tell));
  expect(open(decisions)).toEqual([]);
  expect(json.stages).toEqual([fetch, warm, { ...spelled(tell), component: "notification" }]);
});

test("DM-06 a stage that theirs renamed is known again where ours spelled it otherwise", () => {
  const { component_type, ...rest } = draft;
  const ours = withStages({ ...fetch, timeout: 5 }, { ...rest, component: component_type });
  const theirs = withStages(fetch, { ...draft, id: "text" });
  const { json, decisions } = merge(withStages(fetch, draft), ours, theirs);
  expect(decisions).toEqual([]);
  expect(json.stages).toEqual([
    { ...fetch, timeout: 5 },
    { ...rest, id: "text", component: component_type },
  ]);
});

test("DM-06 only what theirs changed is other than in ours, comments and indentation included", () => {
  const ours = `// ours
{
    "name": "p", "stages": [
        // first
        { "id": "fetch", "component_type": "http_request", "config": { "url": "https://example.com/a", "timeout": 30 } }, // one line
        {   "id": "draft",
            "component_type": "generator", "config": {"prompt": "x"} }
    ]
}
`;
  const before =
    '{"name":"p","stages":[{"id":"fetch","component_type":"http_request","config":{"url":"https://example.com/a","timeout":30}},{"id":"draft","component_type":"generator","config":{"prompt":"x"}}]}';
  const theirs = before
    .replace('"timeout":30', '"timeout":60')
    .replace(
      "]}",
      ',{"id":"tell","component_type":"logger","config":{"message":"m"},"depends_on":["draft"]}]}',
    );
  const result = mergePipelines(before, ours, theirs);
  expect(result.ok && result.text).toBe(
    ours.replace('"timeout": 30', '"timeout": 60').replace(
      '{"prompt": "x"} }\n',
      `{"prompt": "x"} },
        {
            "id": "tell",
            "component_type": "logger",
            "config": {
                "message": "m"
            },
            "depends_on": ["draft"]
        }
`,
    ),
  );
});

test("DM-09 a text that is no pipeline is refused, and said to be whose it is", () => {
  expect(mergePipelines("{}", "{", '{"a":1}')).toMatchObject({ ok: false, side: "ours" });
  expect(mergePipelines("{}", '{"a":1}', "<<<<<<<")).toMatchObject({ ok: false, side: "theirs" });
  expect(mergePipelines("[", '{"a":1}', '{"a":2}')).toMatchObject({ ok: false, side: "base" });
});
