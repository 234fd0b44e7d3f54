import { expect, test } from "vitest";
import { type Decision, type MergeOptions, mergePipelines } from "#core/merge";

type Json = Readonly<Record<string, unknown>>;

const fetch = {
  id: "fetch",
  component_type: "http_request",
  config: { url: "https://example.com/a", timeout: 30 },
};
const draft = {
  id: "draft",
  component_type: "generator",
  config: {
    prompt:
      "Read what people write to us.\nSay what they want in three short sentences.\nBe kind, and name nobody.",
    temperature: 0.2,
  },
  depends_on: ["fetch"],
};
const tell = {
  id: "tell",
  component_type: "logger",
  config: { message: "{{upstream.draft.content}}" },
  depends_on: ["draft"],
};
const base: Json = { name: "p", stages: [fetch, draft, tell] };

function merge(
  before: Json | null,
  ours: Json,
  theirs: Json,
  options: MergeOptions = {},
): {
  readonly json: { readonly stages: readonly Json[] } & Json;
  readonly decisions: readonly Decision[];
  readonly text: string;
} {
  const write = (json: Json): string => JSON.stringify(json, null, 2);
  const result = mergePipelines(before === null ? null : write(before), write(ours), write(theirs), options);
  if (!result.ok) throw new Error(result.message);
  return { json: JSON.parse(result.text), decisions: result.decisions, text: result.text };
}

function open(decisions: readonly Decision[]): readonly string[] {
  return decisions.filter(({ state }) => state === "open").map(({ message }) => message);
}

function withStages(...stages: readonly Json[]): Json {
  return { ...base, stages };
}

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
  expect(open(kept.decisions)).toEqual([
    'Theirs removed the stage "draft", and ours changed it or what is in it.',
  ]);
  expect(kept.json.stages.map(({ id }) => id)).toEqual(["fetch", "draft", "tell"]);
  expect(merge(base, edited, removed, { favor: "theirs" }).json.stages.map(({ id }) => id)).toEqual([
    "fetch",
    "tell",
  ]);
});

test("DM-08 a renamed stage, and a new reference to its old id: the reference follows", () => {
  const renamed = JSON.parse(
    JSON.stringify(base).replaceAll('"draft"', '"write"').replaceAll("upstream.draft", "upstream.write"),
  ) as Json;
  const more = {
    id: "more",
    component_type: "logger",
    config: { message: "{{ upstream.draft.content }}" },
    depends_on: ["draft"],
  };
  const added = withStages(fetch, draft, tell, more);
  for (const [ours, theirs] of [
    [renamed, added],
    [added, renamed],
  ] as const) {
    const { json, decisions } = merge(base, ours, theirs);
    expect(open(decisions)).toEqual([]);
    expect(json.stages[3]).toEqual({
      ...more,
      config: { message: "{{ upstream.write.content }}" },
      depends_on: ["write"],
    });
    expect(json.stages.map(({ id }) => id)).toEqual(["fetch", "write", "tell", "more"]);
  }
});

test("DM-08 two renamings of one stage are a decision", () => {
  const renamed = (id: string): Json =>
    JSON.parse(
      JSON.stringify(base).replaceAll('"draft"', `"${id}"`).replaceAll("upstream.draft", `upstream.${id}`),
    ) as Json;
  const { json, decisions } = merge(base, renamed("write"), renamed("compose"));
  expect(open(decisions)).toEqual([
    'Ours renamed the stage "draft" to "write", and theirs renamed it to "compose".',
  ]);
  expect(json).toEqual(renamed("write"));
  expect(merge(base, renamed("write"), renamed("compose"), { favor: "theirs" }).json).toEqual(
    renamed("compose"),
  );
});

test("DM-08 a removed stage that the other side begins to refer to: kept where ours refers, gone where ours removed it", () => {
  const alone = { id: "alone", component_type: "logger", config: { message: "m" } };
  const before = withStages(fetch, draft, tell, alone);
  const refers = withStages(fetch, draft, { ...tell, depends_on: ["draft", "alone"] }, alone);
  const removed = withStages(fetch, draft, tell);
  const kept = merge(before, refers, removed);
  expect(open(kept.decisions)).toEqual([
    'Theirs removed the stage "alone", and ours refers to it in depends_on of "tell".',
  ]);
  expect(kept.json).toEqual(refers);
  const gone = merge(before, removed, refers);
  expect(open(gone.decisions)).toEqual([
    'Ours removed the stage "alone", and theirs refers to it in depends_on of "tell".',
  ]);
  expect(gone.json).toEqual(removed);
  expect(merge(before, removed, refers, { favor: "theirs" }).json).toEqual(refers);
  const added = {
    id: "added",
    component_type: "logger",
    config: { message: "m" },
    depends_on: ["alone", "draft"],
  };
  const dropped = merge(before, removed, withStages(fetch, draft, tell, alone, added));
  expect(open(dropped.decisions)).toHaveLength(1);
  expect(dropped.json.stages[3]).toEqual({ ...added, depends_on: ["draft"] });
});

test("DM-08 two edges that make a circle together: ours stays, and why is told", () => {
  const [a, b] = [
    { id: "a", component_type: "logger", config: { message: "a" } },
    { id: "b", component_type: "logger", config: { message: "b" } },
  ];
  const ours = withStages({ ...a, depends_on: ["b"] }, b);
  const theirs = withStages(a, { ...b, config: { message: "{{upstream.a.message}}" } });
  const { json, decisions } = merge(withStages(a, b), ours, theirs);
  expect(json).toEqual(ours);
  expect(open(decisions)).toEqual([
    'With both changes these stages wait for each other, so none of them would run: a, b. Ours added that "a" waits for "b"; theirs that "b" waits for "a".',
  ]);
  expect(merge(withStages(a, b), ours, theirs, { favor: "theirs" }).json.stages).toEqual([
    a,
    (theirs["stages"] as readonly Json[])[1],
  ]);
});

test("DM-08 two stages that are put into each other's branch make a circle: ours stays, and why is told", () => {
  const owner = (stage: Json, member: string): Json => ({
    ...stage,
    component_type: "conditional",
    config: { condition: "true", true_stages: [member] },
  });
  const one = { id: "one", component_type: "logger" };
  const other = { id: "other", component_type: "logger" };
  const { json, decisions } = merge(
    withStages(one, other),
    withStages(owner(one, "other"), other),
    withStages(one, owner(other, "one")),
  );
  expect(open(decisions)).toEqual([
    'With both changes these stages wait for each other, so none of them would run: one, other. Ours added that "other" is in a branch of "one"; theirs that "one" is in a branch of "other".',
  ]);
  expect(json.stages.map(({ config }) => config)).toEqual([
    { condition: "true", true_stages: ["other"] },
    { condition: "true" },
  ]);
});

test("DM-08 a stage that one side only renamed and the other removed is gone, which is told and can be decided otherwise", () => {
  const renamed = withStages(fetch, draft, { ...tell, id: "say" });
  const removed = withStages(fetch, draft);
  const { json, decisions } = merge(base, renamed, removed);
  expect(json).toEqual(removed);
  expect(decisions).toMatchObject([
    {
      id: "/stages/say",
      state: "automatic",
      message: 'Theirs removed the stage "say", and ours only renamed it from "tell"; it is gone.',
    },
  ]);
  const choices = new Map([["/stages/say", "ours" as const]]);
  expect(merge(base, renamed, removed, { choices }).json).toEqual(renamed);
});

test("DM-08 one id that both gave a stage is one renaming, also where one of them changed the stage beyond recognition", () => {
  const words = { prompt: "Something else altogether, in which no word is the same.", temperature: 0.9 };
  const ours = withStages(fetch, { ...draft, id: "text" }, { ...tell, depends_on: ["text"] });
  const theirs = withStages(
    fetch,
    { ...draft, id: "text", config: words, timeout: 5 },
    { ...tell, depends_on: ["text"] },
  );
  const { json, decisions } = merge(base, ours, theirs);
  expect(decisions.filter(({ state }) => state === "open")).toEqual([]);
  expect(json.stages[1]).toEqual({ ...draft, id: "text", config: words, timeout: 5 });
});

test("DM-08 two stages of one id are a decision; both can be kept", () => {
  const one = { id: "new", component_type: "logger", config: { message: "one" } };
  const two = { id: "new", component_type: "http_request", config: { url: "https://example.com" } };
  const reads = {
    id: "reads",
    component_type: "logger",
    config: { message: "{{upstream.new.body}}" },
    depends_on: ["new"],
  };
  const ours = withStages(fetch, draft, tell, one);
  const theirs = withStages(fetch, draft, tell, two, reads);
  const { json, decisions } = merge(base, ours, theirs);
  expect(open(decisions)).toContain('Both sides added a stage "new", and these are different stages.');
  expect(json.stages[3]).toEqual(one);
  const both = merge(base, ours, theirs, { choices: new Map([["/stages/new", "both"]]) });
  expect(both.json.stages.map(({ id }) => id)).toEqual(["fetch", "draft", "tell", "new", "new_2", "reads"]);
  expect(both.json.stages[5]).toEqual({
    ...reads,
    config: { message: "{{upstream.new_2.body}}" },
    depends_on: ["new_2"],
  });
});

test("DM-08 an id that ours gave a stage and theirs a new one: the new one gets a number, wherever theirs names it", () => {
  const renamed = JSON.parse(
    JSON.stringify(base).replaceAll('"draft"', '"new"').replaceAll("upstream.draft", "upstream.new"),
  ) as Json;
  const other = { id: "new", component_type: "http_request", config: { url: "https://example.com" } };
  const { json, decisions } = merge(base, renamed, withStages(fetch, draft, tell, other));
  expect(json.stages.map(({ id }) => id)).toEqual(["fetch", "new", "tell", "new_2"]);
  expect(open(decisions)).toEqual([
    'Ours renamed the stage "draft" to "new", and theirs has another stage "new".',
  ]);
});

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

test("DM-08 a stage that each side puts into another branch is in one", () => {
  const check = (yes: readonly string[], no: readonly string[]): Json =>
    withStages(
      {
        id: "check",
        component_type: "conditional",
        config: { condition: "1", true_branch_stages: yes, false_branch_stages: no },
      },
      { id: "a", component_type: "logger", config: { message: "a" } },
    );
  const { json, decisions } = merge(check([], []), check(["a"], []), check([], ["a"]));
  expect(json).toEqual(check(["a"], []));
  expect(open(decisions)).toEqual([
    'Ours put the stage "a" into true_branch_stages of "check", and theirs into false_branch_stages of "check"; a stage is in one branch.',
  ]);
});

test("DM-08 a stage moved into a body that the other side removed keeps the body, and says so", () => {
  const item = { component: "logger", config: { message: "{{item}}" } };
  const other = { component: "logger", config: { message: "other" } };
  const loop = { component: "foreach", config: { items: [1] }, loop_stages: { item } };
  const before = { name: "p", stages: { loop, other } };
  const ours = { name: "p", stages: { loop: { ...loop, loop_stages: { item, other } } } };
  const { json, decisions } = merge(before, ours, { name: "p", stages: { other } });
  expect(json).toEqual(ours);
  expect(open(decisions)).toEqual(['Theirs removed the stage "loop", and ours changed it or what is in it.']);
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
