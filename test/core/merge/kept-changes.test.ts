import { expect, test } from "vitest";
import { diffPipelines, mergePipelines, pipelineOutline } from "#core/merge";
import { base, draft, fetch, type Json, merge, open, tell, withStages } from "./merged-pipelines.ts";

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

test("DM-07 items that both add at one place of a list are in one order, whichever side is called ours", () => {
  const having = (...items: readonly string[]): Json => ({ ...base, "x-items": ["a", ...items, "z"] });
  const [one, other] = [having("n"), having("m")];
  expect(merge(having(), one, other).json).toEqual(having("m", "n"));
  expect(merge(having(), other, one).json).toEqual(having("m", "n"));
});

test("DM-07 a stage that one side put into a body which the other removed is where it was", () => {
  const plain = (message: string): Json => ({ component: "logger", config: { message } });
  const loop = (loop_stages: Json): Json => ({ component: "foreach", config: { items: [1] }, loop_stages });
  const [item, other] = [plain("item"), plain("other")];
  const before = { name: "p", stages: { loop: loop({ item }), other } };
  const within = { name: "p", stages: { loop: loop({ item, other }) } };
  const removed = { name: "p", stages: { other } };
  const { json, decisions } = merge(before, removed, within);
  expect(json).toEqual(removed);
  expect(open(decisions)).toEqual(['Ours removed the stage "loop", and theirs changed what is in it.']);
});

test("DM-07 a property that one side removed and the other changed is a decision, whichever side", () => {
  const { temperature, ...rest } = draft.config;
  const edited = withStages(fetch, { ...draft, config: { ...rest, temperature: temperature + 1 } }, tell);
  const removed = withStages(fetch, { ...draft, config: rest }, tell);
  for (const [ours, theirs, words] of [
    [removed, edited, 'Ours removed config.temperature of the stage "draft", and theirs changed it.'],
    [edited, removed, 'Theirs removed config.temperature of the stage "draft", and ours changed it.'],
  ] as const) {
    const { json, decisions } = merge(base, ours, theirs);
    expect(json).toEqual(ours);
    expect(open(decisions)).toEqual([words]);
    expect(merge(base, ours, theirs, { favor: "theirs" }).json).toEqual(theirs);
  }
});

test("DM-07 no digit of a number is lost, however many it has", () => {
  const written = (number: string): string => `// 1234567890123456789\n{ "seed": ${number}, "stages": [] }\n`;
  const [old, one, other] = ["12345678901234567890", "12345678901234567891", "-0.12345678901234567892"];
  const theirs = mergePipelines(written(old), written(old).replace("]", '], "x": 1'), written(one));
  expect(theirs).toMatchObject({ text: written(one).replace("]", '], "x": 1') });
  // Of three texts one alone has such a number.
  const more = (number: string): string => `{ "seed": ${number}, "stages": [], "x": 1 }`;
  const alone = mergePipelines('{ "seed": 1, "stages": [] }', more("1"), `{ "seed": ${one}, "stages": [] }`);
  expect(alone).toMatchObject({ text: more(one) });
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
