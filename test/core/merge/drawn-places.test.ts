import { expect, test } from "vitest";
import { base, draft, fetch, type Json, merge, open, tell, withStages } from "./merged-pipelines.ts";

test("DM-15 where both sides moved things, nobody is asked", () => {
  const at = (x: number, y: number): Json => ({
    ...base,
    layout: { fetch: { x, y }, draft: { x: 1, y: 1 } },
  });
  const { json, decisions } = merge(at(0, 0), at(5, 0), { ...at(9, 0), stages: [fetch, tell] });
  expect(open(decisions).filter((message) => message.includes("layout"))).toEqual([]);
  expect(json["layout"]).toMatchObject({ fetch: { x: 5, y: 0 } });
});

test("DM-15 nothing is left of where a stage was drawn that one side removed and the other only moved", () => {
  const all = (x: number): Json => ({ ...base, layout: { fetch: { x: 1, y: 1 }, tell: { x, y: 0 } } });
  const gone = { ...withStages(fetch, draft), layout: { fetch: { x: 1, y: 1 } } };
  for (const [ours, theirs] of [
    [gone, all(9)],
    [all(9), gone],
  ] as const) {
    const { json, decisions } = merge(all(0), ours, theirs);
    expect(open(decisions)).toEqual([]);
    expect(json).toEqual(gone);
  }
});

test("DM-15 nobody is asked where a stage stands that says so itself, nor because it was moved before it was removed", () => {
  const at = (x: number): Json => withStages({ ...fetch, position: { x, y: 0 } }, draft, tell);
  const moved = merge(at(0), at(5), at(9));
  expect(open(moved.decisions)).toEqual([]);
  expect(moved.json).toEqual(at(5));
  const gone = withStages(draft, tell);
  for (const [ours, theirs] of [
    [gone, at(9)],
    [at(9), gone],
  ] as const) {
    const { json, decisions } = merge(at(0), ours, theirs);
    expect(open(decisions)).toEqual([]);
    expect(json).toEqual(gone);
  }
});
