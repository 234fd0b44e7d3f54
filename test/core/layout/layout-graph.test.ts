import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLayoutOptions, layoutGraph } from "#core/layout";
import {
  acyclicGraph,
  ancestorsOf,
  anyGraph,
  boxOf,
  escaped,
  type Graph,
  overlaps,
  pipelineLike,
} from "./graphs.ts";

const runs = { seed: 20_261, numRuns: 300 };

describe("any graph", () => {
  test("every node is placed, no siblings overlap, children are inside their container", () => {
    fc.assert(
      fc.property(anyGraph, fc.constantFrom("right", "down"), (graph, direction) => {
        const boxes = layoutGraph(graph.nodes, graph.edges, { ...defaultLayoutOptions, direction });
        expect([...boxes.keys()].toSorted()).toEqual(graph.nodes.map((node) => node.id).toSorted());
        expect(overlaps(graph, boxes)).toEqual([]);
        expect(escaped(graph, boxes)).toEqual([]);
        for (const node of graph.nodes) {
          const box = boxOf(boxes, node.id);
          expect(box.width).toBeGreaterThanOrEqual(node.width);
          expect(box.height).toBeGreaterThanOrEqual(node.height);
          expect([box.x, box.y].every(Number.isInteger)).toBe(true);
        }
      }),
      runs,
    );
  });

  test("the same graph gives the same layout, in whatever order it is given", () => {
    const shuffledToo = anyGraph.chain((graph) =>
      fc.record({
        graph: fc.constant(graph),
        nodes: fc.shuffledSubarray([...graph.nodes], { minLength: graph.nodes.length }),
        edges: fc.shuffledSubarray([...graph.edges], { minLength: graph.edges.length }),
      }),
    );
    fc.assert(
      fc.property(shuffledToo, ({ graph, nodes, edges }) => {
        const one = layoutGraph(graph.nodes, graph.edges);
        const other = layoutGraph(nodes, edges);
        for (const node of nodes) expect(boxOf(other, node.id)).toEqual(boxOf(one, node.id));
      }),
      runs,
    );
  });
});

test("edges between siblings of an acyclic graph lead forward", () => {
  fc.assert(
    fc.property(acyclicGraph, (graph) => {
      const flat = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, parent: null })) };
      const right = layoutGraph(flat.nodes, flat.edges);
      const down = layoutGraph(flat.nodes, flat.edges, { ...defaultLayoutOptions, direction: "down" });
      for (const { from, to } of flat.edges) {
        expect(boxOf(right, from).x + boxOf(right, from).width).toBeLessThan(boxOf(right, to).x);
        expect(boxOf(down, from).y + boxOf(down, from).height).toBeLessThan(boxOf(down, to).y);
      }
    }),
    runs,
  );
});

test("an edge into a container orders the container", () => {
  const nodes = ["a", "loop", "z"].map((id) => ({
    id,
    width: 100,
    height: 50,
    parent: null as string | null,
  }));
  nodes.push({ id: "body", width: 100, height: 50, parent: "loop" });
  const boxes = layoutGraph(nodes, [
    { from: "z", to: "body" },
    { from: "loop", to: "body" },
    { from: "body", to: "a" },
  ]);
  expect(boxOf(boxes, "z").x).toBeLessThan(boxOf(boxes, "loop").x);
  expect(boxOf(boxes, "loop").x + boxOf(boxes, "loop").width).toBeLessThan(boxOf(boxes, "a").x);
});

test("a chain is straight, and a long edge runs beside it", () => {
  const nodes = ["a", "b", "c", "d", "e"].map((id) => ({ id, width: 180, height: 60, parent: null }));
  const chain = ["ab", "bc", "cd", "de"].map(([from = "", to = ""]) => ({ from, to }));
  expect(new Set([...layoutGraph(nodes, chain).values()].map((box) => box.y)).size).toBe(1);
  const withLong = layoutGraph(nodes, [...chain, { from: "a", to: "e" }]);
  expect(new Set(["b", "c", "d"].map((id) => boxOf(withLong, id).y)).size).toBe(1);
  const between = boxOf(withLong, "c").y;
  expect(boxOf(withLong, "a").y).not.toBe(between);
});

test("a planar fan has no crossing", () => {
  const ids = ["in", "p", "q", "r", "s", "out"];
  const edges = ["p", "q", "r", "s"].flatMap((id) => [
    { from: "in", to: id },
    { from: id, to: "out" },
  ]);
  const boxes = layoutGraph(
    ids.map((id) => ({ id, width: 180, height: 60, parent: null })),
    edges,
  );
  expect(new Set(["p", "q", "r", "s"].map((id) => boxOf(boxes, id).x)).size).toBe(1);
  const middle = boxOf(boxes, "in").y + 30;
  const centres = ["p", "q", "r", "s"].map((id) => boxOf(boxes, id).y + 30);
  expect(Math.abs((Math.min(...centres) + Math.max(...centres)) / 2 - middle)).toBeLessThanOrEqual(1);
});

test("a parent inside its own child, an unknown parent and a repeated id are tolerated", () => {
  const graph: Graph = {
    nodes: [
      { id: "a", width: 10, height: 10, parent: "b" },
      { id: "b", width: 10, height: 10, parent: "a" },
      { id: "c", width: 10, height: 10, parent: "nowhere" },
      { id: "c", width: 99, height: 99, parent: null },
    ],
    edges: [],
  };
  const boxes = layoutGraph(graph.nodes, graph.edges);
  expect([...boxes.keys()].toSorted()).toEqual(["a", "b", "c"]);
});

test("a chain whose every stage feeds the last one too does not explode", () => {
  const nodes = Array.from({ length: 2_000 }, (_, i) => ({
    id: `s${i}`,
    width: 180,
    height: 60,
    parent: null,
  }));
  const edges = nodes.slice(1).flatMap((node, i) => [
    { from: `s${i}`, to: node.id },
    { from: `s${i}`, to: "s1999" },
  ]);
  const boxes = layoutGraph(nodes, edges);
  expect(boxes.size).toBe(2_000);
  expect(boxOf(boxes, "s1999").x).toBeGreaterThan(boxOf(boxes, "s1998").x);
});

test("5,000 stages: placed without overlap inside a layer", () => {
  const graph = pipelineLike(5_000, 3);
  const byColumn = new Map<number, { y: number; height: number }[]>();
  for (const box of layoutGraph(graph.nodes, graph.edges).values()) {
    byColumn.set(box.x, [...(byColumn.get(box.x) ?? []), box]);
  }
  for (const column of byColumn.values()) {
    column.sort((a, b) => a.y - b.y);
    column.slice(1).forEach((box, i) => expect(box.y).toBeGreaterThanOrEqual((column[i]?.y ?? 0) + 60));
  }
});

test("the ancestors of a nested node all hold it", () => {
  fc.assert(
    fc.property(acyclicGraph, (graph) => {
      const boxes = layoutGraph(graph.nodes, graph.edges);
      for (const node of graph.nodes) {
        for (const ancestor of ancestorsOf(graph, node.id)) {
          expect(boxOf(boxes, node.id).x).toBeGreaterThan(boxOf(boxes, ancestor).x);
        }
      }
    }),
    { ...runs, numRuns: 50 },
  );
});
