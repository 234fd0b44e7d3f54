import { expect, test } from "vitest";
import { base, draft, fetch, type Json, merge, open, tell, withStages } from "./merged-pipelines.ts";

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

const logger = (id: string): Json => ({ id, component_type: "logger" });

test("DM-08 what waited already and is put into a branch of the other, which waits for it now, makes a circle too", () => {
  const [a, b] = [logger("a"), { ...logger("b"), depends_on: ["a"] }];
  const branchOf = (stage: Json, member: string): Json => ({
    ...stage,
    component_type: "conditional",
    config: { condition: "true", true_stages: [member] },
  });
  const waits = { ...branchOf(b, "a"), depends_on: [] };
  const ours = withStages(a, waits);
  const theirs = withStages(branchOf(a, "b"), b);
  const { json, decisions } = merge(withStages(a, b), ours, theirs);
  expect(open(decisions)).toEqual([expect.stringMatching(/these stages wait for each other.*: a, b\./)]);
  const rest = { ...a, component_type: "conditional", config: { condition: "true" } };
  expect(json).toEqual(withStages(rest, waits));
});

test("DM-08 of a circle no more is left out than it takes, and merging the result again changes nothing", () => {
  const [a, b, c] = [logger("a"), logger("b"), logger("c")];
  const from = withStages(a, b, c);
  const ours = withStages({ ...a, depends_on: ["c"] }, b, c);
  const theirs = withStages(a, { ...b, depends_on: ["a"] }, { ...c, depends_on: ["b"] });
  const { json, decisions } = merge(from, ours, theirs);
  expect(json).toEqual(withStages({ ...a, depends_on: ["c"] }, { ...b, depends_on: ["a"] }, c));
  expect(open(decisions)).toEqual([
    'With both changes these stages wait for each other, so none of them would run: a, b, c. Ours added that "a" waits for "c"; theirs that "b" waits for "a" and "c" waits for "b". It is enough to leave out that "c" waits for "b".',
  ]);
  expect(merge(from, json, theirs).json).toEqual(json);
});

test("DM-08 stages that wait for each other on one side already are left as both have them", () => {
  const [a, b, c] = [logger("a"), logger("b"), logger("c")];
  const ours = withStages({ ...a, depends_on: ["b"] }, { ...b, depends_on: ["a"] }, c);
  const theirs = withStages(a, { ...b, depends_on: ["c"] }, { ...c, depends_on: ["a"] });
  const { json, decisions } = merge(withStages(a, b, c), ours, theirs);
  expect(open(decisions)).toEqual([]);
  expect(json).toEqual(
    withStages({ ...a, depends_on: ["b"] }, { ...b, depends_on: ["a", "c"] }, { ...c, depends_on: ["a"] }),
  );
});

test("DM-08 a stage that waits for itself hides no circle of several", () => {
  const [a, b] = [{ ...logger("a"), depends_on: ["a"] }, logger("b")];
  const ours = withStages({ ...a, depends_on: ["a", "b"] }, b);
  const theirs = withStages(a, { ...b, depends_on: ["a"] });
  const { json, decisions } = merge(withStages(a, b), ours, theirs);
  expect(json).toEqual(ours);
  expect(open(decisions)).toHaveLength(1);
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

test("DM-08 a stage that becomes a component which reads a field, against what begins to name there what it cannot read", () => {
  const draws = { ...draft, config: { message: "m" } };
  const before = withStages(fetch, draws, tell);
  const logs = withStages(fetch, { ...draws, component_type: "logger" }, tell);
  for (const [read, fault] of [
    ["upstream.fetch.content", "content"],
    ["upstream.nobody.content", "nobody"],
  ] as const) {
    const reads = withStages(fetch, { ...draft, config: { message: `{{${read}}}` } }, tell);
    const kept = merge(before, logs, reads);
    expect(open(kept.decisions)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Ours made the stage "draft" another component, and theirs reads "${read.split(".")[1]}" in config.message of "draft". .*${fault}`,
        ),
      ),
    ]);
    expect(kept.json).toEqual(logs);
    expect(merge(before, logs, reads, { favor: "theirs" }).json).toEqual(reads);
    expect(merge(before, reads, logs).json).toEqual(reads);
  }
});

test("DM-08 stages that both sides make other components are told the same whichever side is called ours", () => {
  const reads = { prompt: "{{upstream.b.content}}" };
  const made = (b: string, c: string): Json =>
    withStages(
      { id: "a", component_type: "generator" },
      { id: "b", component_type: b, ...(b === "conditional" ? { config: { true_stages: ["a"] } } : {}) },
      {
        id: "c",
        component_type: c,
        config: c === "conditional" ? { ...reads, true_stages: ["a"] } : reads,
        depends_on: ["b"],
      },
    );
  const before = made("generator", "generator");
  const [one, other] = [made("conditional", "json_transform"), made("json_transform", "conditional")];
  const paths = (ours: Json, theirs: Json, favor: "ours" | "theirs"): readonly string[] =>
    merge(before, ours, theirs, { favor })
      .decisions.map(({ stage, path }) => [stage, ...path].join(" "))
      .toSorted();
  const told = ["b component_type", "c component_type"];
  expect(paths(one, other, "ours")).toEqual(told);
  expect(paths(other, one, "theirs")).toEqual(told);
});

test("DM-08 a stage that each side makes another component is told as what reads, not as what became a reader, whichever side is called ours", () => {
  const made = (a: string, b: string): Json =>
    withStages(
      { id: "a", component_type: a },
      { id: "b", component_type: b, config: { data: "{{upstream.a.content}}" } },
    );
  const before = made("generator", "generator");
  const [one, other] = [made("conditional", "conditional"), made("generator", "json_transform")];
  const named = (ours: Json, theirs: Json, favor: "ours" | "theirs"): readonly unknown[] =>
    merge(before, ours, theirs, { favor })
      .decisions.filter(({ reason }) => reason === "output-changed")
      .map((decision) => [decision.ours, decision.theirs]);
  expect(named(one, other, "theirs")).toEqual([[undefined, "a"]]);
  expect(named(other, one, "ours")).toEqual([["a", undefined]]);
});

test("DM-08 what is wrong with a new reader itself is not told of the stage that it reads", () => {
  const loud = { id: "fetch", component_type: "logger", config: { message: "m" } };
  const ours = withStages(loud, draft, { ...tell, component_type: "generator" });
  const theirs = withStages(fetch, draft, {
    ...tell,
    config: { message: "{{upstream.fetch}}", level: "warn" },
    depends_on: ["draft", "fetch"],
  });
  // A generator has no level.
  expect(open(merge(base, ours, theirs).decisions)).toEqual([]);
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

test("DM-08 what a component that has no branches calls branches among its inputs are none", () => {
  const transform = (stages: readonly string[], after: readonly string[]): Json => ({
    id: "shape",
    component_type: "json_transform",
    config: { true_stages: stages },
    depends_on: after,
  });
  const [first, last] = [
    { id: "first", component_type: "logger", config: { message: "m" } },
    { id: "last", component_type: "logger", config: { message: "m" } },
  ];
  // Else "shape" and "first" seemed to wait for each other before, and no circle was told.
  const before = withStages(first, transform(["first"], ["first"]), last);
  const ours = withStages(first, transform(["first"], ["first"]), { ...last, depends_on: ["first"] });
  const theirs = withStages({ ...first, depends_on: ["last"] }, transform(["first"], ["first"]), last);
  expect(open(merge(before, ours, theirs).decisions)).toEqual([
    expect.stringMatching(/^With both changes these stages wait for each other/),
  ]);
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

test("DM-08 a circle that is closed by a component which reads a field that stood there unread", () => {
  const a = { id: "a", component_type: "generator", config: { message: "{{upstream.b.content}}" } };
  const b = { id: "b", component_type: "generator" };
  const before = withStages(a, b);
  const waits = withStages(a, { ...b, depends_on: ["a"] });
  const logs = withStages({ ...a, component_type: "logger" }, b);
  for (const [ours, theirs] of [
    [waits, logs],
    [logs, waits],
  ] as const) {
    const { json, decisions } = merge(before, ours, theirs);
    expect(open(decisions)).toEqual([
      expect.stringMatching(/^With both changes these stages wait for each other.*: a, b\./),
    ]);
    expect(json).toEqual(ours);
    expect(merge(before, ours, theirs, { favor: "theirs" }).json).toEqual(theirs);
  }
});
