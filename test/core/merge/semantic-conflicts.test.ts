import { expect, test } from "vitest";
import { base, draft, fetch, type Json, logger, merge, open, tell, withStages } from "./merged-pipelines.ts";

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

test("DM-07 a stage that got a number since its id was taken is known again when the result is merged again", () => {
  const [a, b] = [logger("a"), logger("b")];
  const from = withStages(a, b);
  const ours = withStages({ ...a, id: "r" }, b);
  const theirs = withStages(a, b, {
    id: "r",
    component_type: "http_request",
    config: { url: "https://a.test/" },
  });
  const { json } = merge(from, ours, theirs);
  expect(json.stages.map(({ id }) => id)).toEqual(["r", "b", "r_2"]);
  expect(merge(from, json, theirs).json).toEqual(json);
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
  // What was decided stays a decision: else nobody could decide it otherwise, and its id would be one of nothing.
  expect(both.decisions.map(({ id, state, reason }) => ({ id, state, reason }))).toEqual([
    { id: "/stages/new", state: "chosen", reason: "added-twice" },
  ]);
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
  ) as Json & { readonly stages: readonly Json[] };
  const other = { id: "new", component_type: "http_request", config: { url: "https://example.com" } };
  const theirs = withStages(fetch, draft, tell, other);
  const { json, decisions } = merge(base, renamed, theirs);
  expect(json.stages.map(({ id }) => id)).toEqual(["fetch", "new", "tell", "new_2"]);
  expect(open(decisions)).toEqual([
    'Ours renamed the stage "draft" to "new", and theirs has another stage "new".',
  ]);
  const choices = new Map([["/stages/draft/id", "theirs" as const]]);
  expect(merge(base, renamed, theirs, { choices }).json).toEqual(theirs);
  const swapped = merge(base, theirs, renamed, { choices });
  expect(swapped.json.stages.map(({ id }) => id)).toEqual(["fetch", "new", "tell", "new_2"]);
  expect(swapped.json.stages[2]).toEqual(renamed.stages[2]);
});

test("DM-08 a stage that one side removed and the other renamed and began to read is a decision", () => {
  // What a generator has as `data` is read by nobody; as a JSON transform it reads it.
  const reader = (component_type: string, id: string): Json => ({
    id: "b",
    component_type,
    config: { data: `{{upstream.${id}.content}}` },
  });
  const before = withStages({ id: "a", component_type: "generator" }, reader("generator", "a"));
  const removed = withStages(reader("generator", "a"));
  const renamed = withStages({ id: "r", component_type: "generator" }, reader("json_transform", "r"));
  expect(open(merge(before, removed, renamed).decisions)).toEqual([
    'Ours removed the stage "a", and theirs refers to it in config.data of "b".',
  ]);
  expect(open(merge(before, renamed, removed).decisions)).toEqual([
    'Theirs removed the stage "a", and ours refers to it in config.data of "b".',
  ]);
  // Who wants it, has it with the id that it has there.
  expect(merge(before, removed, renamed, { favor: "theirs" }).json).toEqual(renamed);
  expect(merge(before, renamed, removed, { favor: "ours" }).json).toEqual(renamed);
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
  expect(open(decisions)).toEqual(['Theirs removed the stage "loop", and ours changed what is in it.']);
});

test("DM-09 a stage that got a number is known when it is merged again, though what it names has another name now", () => {
  const plain = (id: string): Json => ({ id, component_type: "generator" });
  const [a, b, c, d, e, f] = ["a", "b", "c", "d", "e", "f"].map(plain) as [
    Json,
    Json,
    Json,
    Json,
    Json,
    Json,
  ];
  const before = withStages(a, b, c, d, e, f);
  const ours = withStages(a, b, c, d, e, { ...plain("r"), note: 0 });
  const router = { id: "r", component_type: "conditional", config: { true_stages: ["f"] } };
  const theirs = withStages(a, router, c, d, e, f);
  const { json } = merge(before, ours, theirs);
  expect(json.stages.map(({ id }) => id)).toEqual(["a", "r_2", "c", "d", "e", "r"]);
  expect(merge(before, json, theirs).json).toEqual(json);
});
