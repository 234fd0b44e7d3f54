import { expect, test } from "vitest";
import { labelledWires, shownValue } from "../../webview/graph/wire-values.ts";
import type { Wire } from "../../webview/graph/wires.ts";
import { noRun, updateRun } from "../../webview/model/run-view.ts";

const wire = (fromStage: string, toStage: string): Wire => ({
  id: `${fromStage} ${toStage}`,
  from: fromStage,
  to: toStage,
  fromStage,
  toStage,
  kind: "declared",
  label: null,
});

const stopped = { session: "1", phase: "stopped", stages: [], stoppedAt: "b" } as const;
const values = [{ stage: "a", text: '"A"' }];

test("values are those of a stop: kept while nothing else is said of it, and gone when the run goes on or ends", () => {
  const run = updateRun(noRun, { ...stopped, values });
  expect([...run.values]).toEqual([["a", '"A"']]);
  expect(updateRun(run, stopped).values).toBe(run.values);
  expect(updateRun(run, { ...stopped, values: [...values] }).values).toBe(run.values);
  expect(updateRun(run, { ...stopped, session: "2" }).values.size).toBe(0);
  expect(updateRun(run, { ...stopped, phase: "running", stoppedAt: null }).values.size).toBe(0);
  expect(updateRun(run, { ...stopped, phase: "finished", stoppedAt: null, values }).values.size).toBe(0);
});

test("of a few wires all that have a value are labelled; of hundreds those of the stages that are looked at", () => {
  const few = [wire("a", "b"), wire("b", "c")];
  expect([...labelledWires(few, new Map([["a", "1"]]), new Set())]).toEqual(["a b"]);
  expect(labelledWires(few, new Map(), new Set(["a"])).size).toBe(0);
  const many = Array.from({ length: 300 }, (_, index) => wire(`s${index}`, `s${index + 1}`));
  const all = new Map(many.map(({ fromStage }) => [fromStage, "1"]));
  expect(labelledWires(many, all, new Set()).size).toBe(0);
  expect([...labelledWires(many, all, new Set(["s7"]))]).toEqual(["s6 s7", "s7 s8"]);
  const star = Array.from({ length: 300 }, (_, index) => wire("hub", `s${index}`));
  expect(labelledWires(star, new Map([["hub", "1"]]), new Set(["hub"])).size).toBe(40);
});

test("a label has the beginning of a value", () => {
  const value = '{title: "a long one", more: 1}';
  expect(shownValue('"short"', 90)).toMatchObject({ text: '"short"' });
  expect(shownValue(value, 80)).toMatchObject({ text: "{title…" });
  expect(shownValue(value, 1000)).toMatchObject({ text: '{title: "a long one", m…' });
  expect(shownValue(value, 30)).toBeNull();
  for (const room of [50, 80, 150]) expect(shownValue(value, room)?.width).toBeLessThan(room);
});
