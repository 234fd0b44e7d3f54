import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultLayoutOptions, layoutGraph } from "#core/layout";
import { anyGraph, boxOf, escaped, overlaps, pipelineLike } from "./graphs.ts";

const flatGraph = anyGraph.map((graph) => ({
  ...graph,
  nodes: graph.nodes.map((node) => ({ ...node, parent: null })),
}));

test("adding a stage moves no other one", () => {
  const graph = pipelineLike(300, 11);
  const keep = layoutGraph(graph.nodes, graph.edges);
  const nodes = [...graph.nodes, { id: "new", width: 180, height: 60, parent: null }];
  fc.assert(
    fc.property(fc.nat({ max: 299 }), fc.nat({ max: 299 }), (from, to) => {
      const edges = [...graph.edges, { from: `s${from}`, to: "new" }, { from: "new", to: `s${to}` }];
      const boxes = layoutGraph(nodes, edges, { ...defaultLayoutOptions, keep });
      for (const [id, box] of keep) expect(boxes.get(id)).toEqual(box);
      expect(overlaps({ nodes, edges }, boxes)).toEqual([]);
    }),
    { seed: 5, numRuns: 15 },
  );
});

test("what is kept stays and what is new covers nothing, whichever stages are new", () => {
  fc.assert(
    fc.property(flatGraph, fc.infiniteStream(fc.boolean()), (graph, coin) => {
      const all = layoutGraph(graph.nodes, graph.edges);
      const keep = new Map([...all].filter(() => coin.next().value));
      const boxes = layoutGraph(graph.nodes, graph.edges, { ...defaultLayoutOptions, keep });
      for (const [id, box] of keep) expect(boxes.get(id)).toEqual(box);
      expect(boxes.size).toBe(graph.nodes.length);
      expect(overlaps(graph, boxes)).toEqual([]);
    }),
    { seed: 6, numRuns: 300 },
  );
});

test("keeping everything changes nothing, with containers too", () => {
  fc.assert(
    fc.property(anyGraph, (graph) => {
      const keep = layoutGraph(graph.nodes, graph.edges);
      const again = layoutGraph(graph.nodes, graph.edges, { ...defaultLayoutOptions, keep });
      for (const [id, box] of keep) expect(again.get(id)).toEqual(box);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test("a container grows around a new child and pushes aside only what it would cover", () => {
  const node = (id: string, parent: string | null = null) => ({ id, width: 100, height: 50, parent });
  const old = [node("loop"), node("one", "loop"), node("below"), node("far")];
  const keep = new Map(layoutGraph(old, []));
  const loop = boxOf(keep, "loop");
  keep.set("below", { x: loop.x, y: loop.y + loop.height + 10, width: 100, height: 50 });
  keep.set("far", { x: loop.x + 5_000, y: loop.y, width: 100, height: 50 });
  const nodes = [...old, node("two", "loop")];
  const boxes = layoutGraph(nodes, [], { ...defaultLayoutOptions, keep });

  expect(boxOf(boxes, "one")).toEqual(boxOf(keep, "one"));
  expect(boxOf(boxes, "far")).toEqual(boxOf(keep, "far"));
  expect(boxOf(boxes, "loop").height + boxOf(boxes, "loop").width).toBeGreaterThan(loop.height + loop.width);
  expect(boxOf(boxes, "below").x).toBe(loop.x);
  expect(escaped({ nodes, edges: [] }, boxes)).toEqual([]);
  expect(overlaps({ nodes, edges: [] }, boxes)).toEqual([]);
});

test("a new stage goes beside what it follows", () => {
  const node = (id: string) => ({ id, width: 100, height: 50, parent: null });
  const keep = new Map([
    ["a", { x: 1_000, y: 700, width: 100, height: 50 }],
    ["b", { x: 0, y: 0, width: 100, height: 50 }],
  ]);
  const boxes = layoutGraph([node("a"), node("b"), node("c")], [{ from: "a", to: "c" }], {
    ...defaultLayoutOptions,
    keep,
  });
  expect(boxOf(boxes, "c")).toEqual({ x: 1_180, y: 700, width: 100, height: 50 });
});
