import { expect, test } from "vitest";
import { diffPipelines, mergePipelines, pipelineOutline } from "#core/merge";
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

test("DM-06 paragraphs and words of a prompt that each side changes are both changed", () => {
  const say = (from: string, to: string): Json =>
    withStages(
      fetch,
      { ...draft, config: { ...draft.config, prompt: draft.config.prompt.replace(from, to) } },
      tell,
    );
  const lines = merge(base, say("Be kind", "Be brief"), say("Read what", "Read all that"));
  expect(open(lines.decisions)).toEqual([]);
  expect(lines.json.stages[1]).toMatchObject({
    config: {
      prompt:
        "Read all that people write to us.\nSay what they want in three short sentences.\nBe brief, and name nobody.",
    },
  });
  const words = merge(base, say("three", "two"), say("they want", "they need"));
  expect(words.json.stages[1]).toMatchObject({
    config: { prompt: expect.stringContaining("Say what they need in two short sentences.") },
  });
  expect(words.decisions).toMatchObject([{ state: "automatic", reason: "combined" }]);
  const same = merge(base, say("three", "two"), say("three", "four"));
  expect(open(same.decisions)).toHaveLength(1);
  expect(same.json.stages[1]).toMatchObject({ config: { prompt: expect.stringContaining("in two short") } });
});

test("DM-06 two changed words of code in one line are no merge", () => {
  const code = (command: string): Json =>
    withStages({ id: "run", component_type: "command", config: { command } });
  const { decisions } = merge(
    code("tool --from a --to b --count 3 file"),
    code("tool --from a --to b --count 4 file"),
    code("tool --from c --to b --count 3 file"),
  );
  expect(open(decisions)).toHaveLength(1);
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

test("DM-07 a stage that one side removed and the other changed is a decision, whichever side", () => {
  const edited = withStages(fetch, { ...draft, "x-a": 1 }, tell);
  const removed = withStages(fetch, { ...tell, depends_on: [], config: { message: "m" } });
  const gone = merge(base, removed, edited);
  expect(open(gone.decisions)).toEqual(['Ours removed the stage "draft", and theirs changed it.']);
  expect(gone.json.stages.map(({ id }) => id)).toEqual(["fetch", "tell"]);
  const kept = merge(base, edited, removed);
  expect(open(kept.decisions)).toEqual(['Theirs removed the stage "draft", and ours changed it.']);
  expect(kept.json.stages.map(({ id }) => id)).toEqual(["fetch", "draft", "tell"]);
  expect(merge(base, edited, removed, { favor: "theirs" }).json.stages.map(({ id }) => id)).toEqual([
    "fetch",
    "tell",
  ]);
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

test("DM-07 no digit of a number is lost, however many it has", () => {
  const written = (number: string): string => `// 1234567890123456789\n{ "seed": ${number}, "stages": [] }\n`;
  const [old, one, other] = ["12345678901234567890", "12345678901234567891", "-0.12345678901234567892"];
  const theirs = mergePipelines(written(old), written(old).replace("]", '], "x": 1'), written(one));
  expect(theirs).toMatchObject({ text: written(one).replace("]", '], "x": 1') });
  const twice = mergePipelines(written(old), written(one), written(other));
  expect(twice).toMatchObject({ text: written(one), decisions: [{ base: old, ours: one, theirs: other }] });
  const choices = new Map([["/seed", "theirs" as const]]);
  expect(mergePipelines(written(old), written(one), written(other), { choices })).toMatchObject({
    text: written(other),
  });
  const text = written('"12345678901234567890 \\" 1e999"');
  expect(mergePipelines(written("1"), text, written("2"), { favor: "ours" })).toMatchObject({ text });
  expect(diffPipelines(written(old), written(one))).toMatchObject({
    diff: { changes: [{ kind: "value-changed", path: ["seed"], before: old, after: one }] },
  });
  expect(pipelineOutline(written(one))).toContain(`seed: ${one}\n`);
});

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

test("DM-15 where both sides moved things, nobody is asked", () => {
  const at = (x: number, y: number): Json => ({
    ...base,
    layout: { fetch: { x, y }, draft: { x: 1, y: 1 } },
  });
  const { json, decisions } = merge(at(0, 0), at(5, 0), { ...at(9, 0), stages: [fetch, tell] });
  expect(open(decisions).filter((message) => message.includes("layout"))).toEqual([]);
  expect(json["layout"]).toMatchObject({ fetch: { x: 5, y: 0 } });
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
