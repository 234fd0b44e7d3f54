import { describe, expect, test } from "vitest";
import { applyTextEdits, editPipeline, parsePipeline } from "#core/pipeline";
import { emptyGraph, type GraphView, graphView } from "../../webview/graph/graph-view.ts";
import { corpusFiles } from "../support/corpus.ts";
import { nestedStages, pipelineText, threeStages } from "./pipelines.ts";

function viewOf(text: string, previous: GraphView = emptyGraph): GraphView {
  return graphView(parsePipeline(text), previous);
}

function outlineText(graph: GraphView): readonly string[] {
  return [...graph.items.values()].map((item) => {
    const name = item.kind === "arm" ? `[${item.arm}]` : item.card.id;
    return item.parent === null ? name : `${item.parent} > ${name}`;
  });
}

describe("what a document becomes", () => {
  test("stages are boxes and dependencies wires, with their kinds", () => {
    const graph = viewOf(threeStages);
    expect([...graph.items.keys()]).toEqual(["fetch", "shape", "tell"]);
    expect([...graph.wires.values()].map(({ kind, from, to }) => `${from} ${kind} ${to}`)).toEqual([
      "fetch declared shape",
      "shape implicit tell",
    ]);
  });

  test("a name, a type and an icon make a card; without a name it is the id", () => {
    const { items } = viewOf(threeStages);
    expect(items.get("shape")).toMatchObject({ card: { title: "Shape it", typeTitle: "JSON transform" } });
    expect(items.get("tell")).toMatchObject({ card: { title: "tell", name: "" } });
  });

  test("an id that is written with a slash is shown as it is, one of a stage inside another without that one's", () => {
    const beside = viewOf(pipelineText([{ id: "a/b" }]));
    expect([...beside.items.values()]).toMatchObject([{ card: { title: "a/b" } }]);
    expect(viewOf(nestedStages).items.get("each%2Fenrich")).toMatchObject({ card: { title: "enrich" } });
  });

  test("a stage that runs once for each leg of a matrix says so", () => {
    const { items } = viewOf(pipelineText([{ id: "a", strategy: { matrix: { n: [1, 2] } } }, { id: "b" }]));
    expect(items.get("a")).toMatchObject({ card: { inLegs: true } });
    expect(items.get("b")).toMatchObject({ card: { inLegs: false } });
  });

  test("loops and tries hold their stages, and several arms stand in boxes of their own", () => {
    expect(outlineText(viewOf(nestedStages))).toEqual([
      "load",
      "each",
      "each > each/enrich",
      "each > each/guard",
      "each%2Fguard > [try]",
      "each%2Fguard@try > each/guard/save",
      "each%2Fguard > [catch]",
      "each%2Fguard@catch > each/guard/note",
      "report",
    ]);
  });

  test("a container encloses its children and arms stand below each other", () => {
    const { boxes, items } = viewOf(nestedStages);
    for (const { key, parent } of items.values()) {
      const inner = boxes.get(key);
      const outer = parent === null ? undefined : boxes.get(parent);
      if (inner === undefined || outer === undefined) continue;
      expect(inner.x).toBeGreaterThan(outer.x);
      expect(inner.y).toBeGreaterThan(outer.y);
      expect(inner.x + inner.width).toBeLessThan(outer.x + outer.width);
      expect(inner.y + inner.height).toBeLessThan(outer.y + outer.height);
    }
    const attempt = boxes.get("each%2Fguard@try");
    const rescue = boxes.get("each%2Fguard@catch");
    expect(attempt?.x).toBe(rescue?.x);
    expect((attempt?.y ?? 0) + (attempt?.height ?? 0)).toBeLessThan(rescue?.y ?? 0);
  });

  test("arms stand in the order they run, wherever the file has their stages", () => {
    const graph = viewOf(
      pipelineText([
        { id: "note" },
        { id: "save" },
        {
          id: "guard",
          component_type: "trycatch",
          config: { finally_stages: ["done"], catch_stages: ["note"], try_stages: ["save"] },
        },
        { id: "done" },
      ]),
    );
    const tops = ["try", "catch", "finally"].map((arm) => graph.boxes.get(`guard@${arm}`)?.y ?? Number.NaN);
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    expect(new Set(tops).size).toBe(3);
  });

  test("a branch that is declared too is one wire with the branch's name", () => {
    const graph = viewOf(
      pipelineText([
        {
          id: "ask",
          component_type: "conditional",
          config: { condition: "value", true_branch_stages: ["yes"] },
        },
        { id: "yes", depends_on: ["ask"] },
      ]),
    );
    expect([...graph.wires.values()]).toMatchObject([{ kind: "declared", label: "true" }]);
  });

  test("stages with one id get keys of their own, and wires go to the first", () => {
    const graph = viewOf(pipelineText([{ id: "a" }, { id: "b", depends_on: ["a"] }, { id: "a" }]));
    expect(graph.items.size).toBe(3);
    expect(graph.items.get("a@2")).toMatchObject({ repeated: true });
    expect([...graph.wires.values()]).toMatchObject([{ from: "a", to: "b" }]);
  });

  test.each(["__proto__", 'a"b\\c', "ключ", "a@1", "\ud800"])("a stage may be called %j", (id) => {
    const graph = viewOf(pipelineText([{ id }, { id: "b" }]));
    expect(
      [...graph.items.values()].flatMap((item) => (item.kind === "stage" ? [item.card.id] : [])),
    ).toEqual([id, "b"]);
    for (const key of graph.items.keys()) expect(key).toMatch(/^[\w%.!~*'()@-]+$/);
  });

  test("every stage of every corpus file has a place, and no two of a level overlap", () => {
    for (const { name, text } of corpusFiles()) {
      const { items, boxes } = viewOf(text);
      const level = new Map<string | null, string[]>();
      for (const { key, parent } of items.values()) level.set(parent, [...(level.get(parent) ?? []), key]);
      for (const keys of level.values()) {
        keys.forEach((key, index) => {
          const a = boxes.get(key);
          expect(a, `${name} ${key}`).toBeDefined();
          for (const other of keys.slice(index + 1)) {
            const b = boxes.get(other);
            if (a === undefined || b === undefined) continue;
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, `${name}: ${key} and ${other}`).toBe(true);
          }
        });
      }
    }
  });
});

describe("what a change leaves as it was", () => {
  test("a keystroke in one stage keeps all other cards, wires and places", () => {
    const before = parsePipeline(threeStages);
    const offset = threeStages.indexOf("Shape it");
    const edits = [{ offset, length: 5, text: "Bend" }];
    const after = parsePipeline(applyTextEdits(threeStages, edits), before, edits);
    const old = graphView(before, emptyGraph);
    const now = graphView(after, old);
    expect(now.items.get("shape")).toMatchObject({ card: { title: "Bend it" } });
    expect(now.items.get("fetch")).toBe(old.items.get("fetch"));
    expect(now.items.get("tell")).toBe(old.items.get("tell"));
    expect(now.boxes).toBe(old.boxes);
    for (const [id, wire] of now.wires) expect(wire).toBe(old.wires.get(id));
  });

  test("moving one stage moves no other", () => {
    const before = parsePipeline(threeStages);
    const move = editPipeline(before, { kind: "move-stages", moves: [{ stage: "shape", x: 900, y: 700 }] });
    if (!move.ok) throw new Error(move.message);
    const old = graphView(before, emptyGraph);
    const now = graphView(parsePipeline(applyTextEdits(threeStages, move.edits), before, move.edits), old);
    expect(now.boxes.get("shape")).toMatchObject({ x: 900, y: 700 });
    expect(now.boxes.get("fetch")).toBe(old.boxes.get("fetch"));
    expect(now.boxes.get("tell")).toBe(old.boxes.get("tell"));
  });

  test("the same file has the same places, in whatever order its stages stand", () => {
    const stages = [
      { id: "a" },
      { id: "b", depends_on: ["a"] },
      { id: "c", depends_on: ["a"] },
      { id: "d", depends_on: ["b", "c"] },
    ];
    const places = (text: string): unknown => Object.fromEntries(viewOf(text).boxes);
    expect(places(pipelineText(stages.toReversed()))).toEqual(places(pipelineText(stages)));
  });

  test("a stage without a position joins neighbours that have one", () => {
    const at = (x: number, y: number): object => ({ position: { x, y } });
    const { boxes } = viewOf(
      pipelineText([
        { id: "a", ...at(2000, 900) },
        { id: "b", depends_on: ["a"], ...at(2280, 900) },
        { id: "c", depends_on: ["b"], ...at(2560, 900) },
        { id: "d", depends_on: ["c"] },
      ]),
    );
    expect(boxes.get("d")).toMatchObject({ x: 2812, y: 900 });
  });

  test("a child's own position stretches its container to it", () => {
    const { boxes } = viewOf(
      pipelineText([
        {
          id: "loop",
          component_type: "foreach",
          config: { items: [1], loop_stages: ["body"] },
          position: { x: 0, y: 0 },
        },
        { id: "body", position: { x: 400, y: 200 } },
      ]),
    );
    expect(boxes.get("loop")).toEqual({ x: 0, y: 0, width: 400 + 180 + 20, height: 200 + 64 + 20 });
  });
});
