import { expect, test } from "vitest";
import { labelledWires, shownValue } from "../../webview/graph/wire-values.ts";
import type { Wire } from "../../webview/graph/wires.ts";
import { noRun, updateRun } from "../../webview/model/run-view.ts";
import { wireFlow } from "../../webview/model/wire-flow.ts";

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
const values = [{ stage: "a", expression: "upstream.a", text: '"A"' }];

test("values are those of a stop: kept while nothing else is said of it, and gone when the run goes on or ends", () => {
  const run = updateRun(noRun, { ...stopped, values });
  expect([...run.values]).toEqual([["a", { stage: "a", expression: "upstream.a", text: '"A"' }]]);
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

test("a label has a value that is short, else how much is in it, or, with room enough, the beginning of it", () => {
  const object = { text: '{title: "a long one", more: 1, most: 2}', brief: "{3 keys}" };
  const on = (value: string | typeof object, room: number) =>
    shownValue(typeof value === "string" ? { text: value, brief: null } : value, room)?.text;
  expect(on('"short"', 90)).toBe('"short"');
  expect(on(object, 1000)).toBe('{title: "a long one", m…');
  expect(on(object, 90)).toBe("{3 keys}");
  // 72 is what stages have between them that nobody has placed.
  expect(on(object, 72)).toBe("3 keys");
  expect(on({ text: "(12) [1, 2, 3, 4, 5, …]", brief: "[12]" }, 72)).toBe("[12]");
  expect(on('"a longer text"', 72)).toBe('"a lo…"');
  expect(on("0.8712345678", 72)).toBe("0.8712…");
  expect(on('"ab \\"quoted\\" text"', 72)).toBe('"ab …"');
  expect(on(object, 30)).toBeUndefined();
  for (const room of [50, 72, 90, 150]) expect(shownValue(object, room)?.width).toBeLessThan(room);
});

test("a wire has the part of an output that is read through it, where it is one", () => {
  const read = (to: string, path: string, text: string) => ({ to, path, text });
  const value = {
    stage: "a",
    expression: "upstream.a",
    text: '{title: "A", score: 0.8}',
    brief: "{2 keys}",
    reads: [read("b", "title", '"A"'), read("c", "title", '"A"'), read("c", "score", "0.8")],
  };
  const { text, brief } = value;
  expect(wireFlow(value, "b")).toEqual({ text: '"A"', brief: null, words: `title = "A", of ${text}` });
  expect(wireFlow(value, "c")).toEqual({ text, brief, words: `title = "A", score = 0.8, of ${text}` });
  expect(wireFlow(value, "d")).toEqual({ text, brief, words: text });
  const whole = { ...value, reads: [read("b", "", text), read("b", "title", '"A"')] };
  expect(wireFlow(whole, "b").text).toBe(text);
});
