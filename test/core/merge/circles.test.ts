import { expect, test } from "vitest";
import { type Json, logger, merge, open, withStages } from "./merged-pipelines.ts";

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

test("DM-08 what is in a body waits for its owner's sake: a circle through a loop is one", () => {
  const loop = { id: "loop", component_type: "foreach", config: { items: [], loop_stages: ["item"] } };
  const item = { ...logger("item"), depends_on: ["first"] };
  const gate = (more: Json): Json => ({ ...logger("gate"), ...more });
  const before = withStages(logger("first"), loop, item, gate({}));
  const ours = withStages(
    logger("first"),
    loop,
    item,
    gate({ component_type: "conditional", config: { condition: "true", true_stages: ["first"] } }),
  );
  const theirs = withStages(logger("first"), loop, item, gate({ depends_on: ["loop"] }));
  const { json, decisions } = merge(before, ours, theirs);
  expect(open(decisions)).toEqual([
    expect.stringMatching(
      /: first, gate, loop\. Ours added that "first" is in a branch of "gate"; theirs that "gate" waits for "loop"\.$/,
    ),
  ]);
  expect(json).toEqual(ours);
});

test("DM-08 what waits for a stage in a body waits for the body's end, in a branch within it too", () => {
  const loop = { id: "loop", component_type: "foreach", config: { items: [], loop_stages: ["ask"] } };
  const ask = {
    id: "ask",
    component_type: "conditional",
    config: { condition: "true", true_stages: ["item"] },
  };
  const stages = (item: Json, after: Json): Json =>
    withStages(loop, ask, { ...logger("item"), ...item }, { ...logger("after"), ...after });
  const { decisions } = merge(
    stages({}, {}),
    stages({ depends_on: ["after"] }, {}),
    stages({}, { depends_on: ["ask"] }),
  );
  expect(open(decisions)).toEqual([
    expect.stringMatching(/Ours added that "item" waits for "after"; theirs that "after" waits for "ask"\.$/),
  ]);
});
