import { expect, test } from "vitest";
import { type PipelineDocument, parsePipeline } from "#core/pipeline";
import { noAnnotations } from "../../webview/graph/annotations.ts";
import { emptyGraph, graphView } from "../../webview/graph/graph-view.ts";
import { pipelineText } from "./pipelines.ts";

const places = { a: { x: 0, y: 0 }, b: { x: 400, y: 100, color: "red" } };
const read = (layout: object): PipelineDocument =>
  parsePipeline(pipelineText([{ id: "a" }, { id: "b" }], { layout: { ...places, ...layout } }));

const marked = {
  "$group:1": { title: "First", stages: ["a", "b", "gone"], color: "blue" },
  "$group:2": { title: "None of them", stages: ["gone"] },
  "$note:1": { x: 10, y: 900, text: "why", color: "no such colour" },
  "$note:2": { text: "somewhere" },
};

test("CE-17 a group is around its stages that there are, notes are where they are written, else under the graph", () => {
  const { annotations, bounds, boxes } = graphView(read(marked), emptyGraph);
  const [group, note, loose, ...more] = annotations.all;
  expect(more).toEqual([]);
  expect(group).toMatchObject({ kind: "group", id: "$group:1", text: "First", color: "blue" });
  for (const box of boxes.values()) {
    expect(group?.box.x).toBeLessThan(box.x);
    expect(group?.box.y).toBeLessThan(box.y);
    expect((group?.box.x ?? 0) + (group?.box.width ?? 0)).toBeGreaterThan(box.x + box.width);
    expect((group?.box.y ?? 0) + (group?.box.height ?? 0)).toBeGreaterThan(box.y + box.height);
  }
  expect(note).toMatchObject({ id: "$note:1", text: "why", color: null, box: { x: 10, y: 900 } });
  expect(loose?.box.y).toBeGreaterThan((boxes.get("b")?.y ?? 0) + (boxes.get("b")?.height ?? 0));
  expect(annotations.colors).toEqual(new Map([["b", "red"]]));
  // What shows the whole graph shows the notes too.
  expect(bounds?.x).toBe(group?.box.x);
  expect((bounds?.y ?? 0) + (bounds?.height ?? 0)).toBe(900 + (note?.box.height ?? 0));
});

test("what a change does not touch is the same object as before, and without notes nothing is made", () => {
  const before = graphView(read(marked), emptyGraph);
  const after = graphView(read({ ...marked, "$note:1": { x: 10, y: 900, text: "because" } }), before);
  expect(after.annotations.all[0]).toBe(before.annotations.all[0]);
  expect(after.annotations.all[1]).not.toBe(before.annotations.all[1]);
  expect(graphView(read(marked), before).annotations).toBe(before.annotations);
  expect(graphView(read(marked), before).bounds).toBe(before.bounds);
  const bare = parsePipeline(pipelineText([{ id: "a" }], { layout: { a: { x: 1, y: 2 } } }));
  expect(graphView(bare, before).annotations).toBe(noAnnotations);
});
