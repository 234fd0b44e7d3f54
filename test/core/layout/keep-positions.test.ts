import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, defaultLayoutOptions, type LayoutNode, layoutGraph, type Point } from "#core/layout";
import { anyGraph, boxOf, escaped, type Graph, overlaps, pipelineLike } from "./graphs.ts";

const flatGraph = anyGraph.map((graph) => ({
  ...graph,
  nodes: graph.nodes.map((each) => ({ ...each, parent: null })),
}));

const place = fc.record({
  x: fc.integer({ min: -5_000, max: 5_000 }),
  y: fc.double({ min: -5_000, max: 5_000, noNaN: true }),
});

/** A graph and places for some of its nodes, anywhere. */
const partlyPlaced = anyGraph.chain((graph) =>
  fc
    .array(fc.option(place), { minLength: graph.nodes.length, maxLength: graph.nodes.length })
    .map((places) => ({
      graph,
      keep: new Map(
        graph.nodes.flatMap(({ id }, i): [string, Point][] => {
          const at = places[i] ?? null;
          return at === null ? [] : [[id, at]];
        }),
      ),
    })),
);

function layout(graph: Graph, keep: ReadonlyMap<string, Point>): ReadonlyMap<string, Box> {
  return layoutGraph(graph.nodes, graph.edges, { ...defaultLayoutOptions, keep });
}

function node(id: string, parent: string | null = null): LayoutNode {
  return { id, width: 100, height: 50, parent };
}

describe("whatever is kept", () => {
  test("it stays exactly there, and containers reach around their children", () => {
    fc.assert(
      fc.property(partlyPlaced, ({ graph, keep }) => {
        const boxes = layout(graph, keep);
        expect(boxes.size).toBe(graph.nodes.length);
        const containers = new Set(graph.nodes.map(({ parent }) => parent));
        for (const [id, { x, y }] of keep) {
          if (!containers.has(id)) expect(boxOf(boxes, id)).toMatchObject({ x, y });
        }
        expect(escaped(graph, boxes)).toEqual([]);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test("CE-10 the result does not depend on the order of nodes, edges and positions", () => {
    fc.assert(
      fc.property(partlyPlaced, ({ graph, keep }) => {
        const reversed = { nodes: graph.nodes.toReversed(), edges: graph.edges.toReversed() };
        const boxes = layout(graph, keep);
        const other = layout(reversed, new Map([...keep].toReversed()));
        for (const { id } of graph.nodes) expect(boxOf(other, id)).toEqual(boxOf(boxes, id));
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test("keeping everything changes nothing, with containers too", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const keep = layoutGraph(graph.nodes, graph.edges);
        for (const [id, box] of layout(graph, keep)) expect(box).toEqual(boxOf(keep, id));
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

describe("where few are kept", () => {
  test("the others have the places they have without these, so that moving one moves no other", () => {
    fc.assert(
      fc.property(flatGraph, fc.nat(), place, (graph, which, at) => {
        fc.pre(graph.nodes.length > 1);
        const moved = graph.nodes[which % graph.nodes.length]?.id ?? "";
        const fresh = layoutGraph(graph.nodes, graph.edges);
        const boxes = layout(graph, new Map([[moved, at]]));
        for (const [id, box] of fresh) if (id !== moved) expect(boxes.get(id)).toEqual(box);
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  test("what is inside a kept container goes where the container goes", () => {
    const graph = { nodes: [node("a"), node("loop"), node("in", "loop"), node("deep", "in")], edges: [] };
    const fresh = layoutGraph(graph.nodes, graph.edges);
    const from = boxOf(fresh, "loop");
    const boxes = layout(graph, new Map([["loop", { x: from.x + 500, y: from.y - 70 }]]));
    expect(boxOf(boxes, "a")).toEqual(boxOf(fresh, "a"));
    for (const id of ["loop", "in", "deep"]) {
      const box = boxOf(fresh, id);
      expect(boxOf(boxes, id)).toEqual({ ...box, x: box.x + 500, y: box.y - 70 });
    }
  });
});

describe("where nearly all are kept", () => {
  test("adding a node moves no other one and covers none", () => {
    const graph = pipelineLike(300, 11);
    const keep = layoutGraph(graph.nodes, graph.edges);
    const nodes = [...graph.nodes, { id: "new", width: 180, height: 60, parent: null }];
    fc.assert(
      fc.property(fc.nat({ max: 299 }), fc.nat({ max: 299 }), (from, to) => {
        const edges = [...graph.edges, { from: `s${from}`, to: "new" }, { from: "new", to: `s${to}` }];
        const boxes = layout({ nodes, edges }, keep);
        for (const [id, box] of keep) expect(boxes.get(id)).toEqual(box);
        expect(overlaps({ nodes, edges }, boxes)).toEqual([]);
      }),
      { seed: 5, numRuns: 15 },
    );
  });

  test("new nodes, connected or not, cover nothing, whichever they are", () => {
    fc.assert(
      fc.property(flatGraph, fc.infiniteStream(fc.nat({ max: 5 })), (graph, dice) => {
        const all = layoutGraph(graph.nodes, graph.edges);
        const left = new Set([...all.keys()].filter(() => dice.next().value === 0));
        fc.pre(all.size - left.size >= all.size * 0.75);
        // Arranged otherwise than the layout would.
        const keep = new Map(
          [...all]
            .filter(([id]) => !left.has(id))
            .map(([id, box]) => [id, { x: 9_000 - box.x, y: box.y * 1.5 }]),
        );
        const kept = { nodes: graph.nodes.filter(({ id }) => keep.has(id)), edges: graph.edges };
        fc.pre(overlaps(kept, layout(kept, keep)).length === 0);
        expect(overlaps(graph, layout(graph, keep))).toEqual([]);
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  test("a new node goes beside what it follows", () => {
    const graph = { nodes: ["a", "b", "c", "d"].map((id) => node(id)), edges: [{ from: "a", to: "d" }] };
    const keep = new Map([
      ["a", { x: 1_000, y: 700 }],
      ["b", { x: 0, y: 0 }],
      ["c", { x: 0, y: 300 }],
    ]);
    expect(boxOf(layout(graph, keep), "d")).toMatchObject({ x: 1_180, y: 700 });
    const taken = layout(graph, new Map(keep).set("b", { x: 1_180, y: 690 }));
    expect(boxOf(taken, "d")).toMatchObject({ x: 1_180, y: 690 + 50 + 32 });
  });

  test("a new node that nothing leads to goes below the others", () => {
    const graph = { nodes: ["a", "b", "c", "new"].map((id) => node(id)), edges: [] };
    const keep = new Map(["a", "b", "c"].map((id, i) => [id, { x: 4_000 + i * 200, y: 900 }]));
    expect(boxOf(layout(graph, keep), "new")).toMatchObject({ x: 4_000, y: 900 + 50 + 32 });
  });

  test("a new child stays behind the corner of its kept container, which grows around it", () => {
    const graph = {
      nodes: [node("loop"), ...["a", "b", "c", "new"].map((id) => node(id, "loop")), node("far")],
      edges: [{ from: "new", to: "a" }],
    };
    const keep = new Map([
      ["loop", { x: 0, y: 0 }],
      ["a", { x: 24, y: 48 }],
      ["b", { x: 204, y: 48 }],
      ["c", { x: 384, y: 48 }],
      ["far", { x: 2_000, y: 0 }],
    ]);
    const boxes = layout(graph, keep);
    expect(boxOf(boxes, "new")).toMatchObject({ x: 24, y: 48 + 50 + 32 });
    expect(boxOf(boxes, "loop")).toEqual({ x: 0, y: 0, width: 384 + 100 + 24, height: 130 + 50 + 24 });
    expect(boxOf(boxes, "far")).toMatchObject({ x: 2_000, y: 0 });
  });
});

describe("children with a rank", () => {
  const graph: Graph = {
    nodes: [
      node("guard"),
      { ...node("catch", "guard"), rank: 2 },
      { ...node("try", "guard"), rank: 1 },
      node("z", "try"),
      node("a", "catch"),
    ],
    edges: [{ from: "a", to: "z" }],
  };

  test("stand below each other in that order, whatever edges and ids would have", () => {
    const boxes = layoutGraph(graph.nodes, graph.edges);
    const [first, second] = [boxOf(boxes, "try"), boxOf(boxes, "catch")];
    expect(first.x).toBe(second.x);
    expect(second.y).toBe(first.y + first.height + 32);
    expect(boxOf(boxes, "guard").height).toBe(48 + first.height + 32 + second.height + 24);
    expect(escaped(graph, boxes)).toEqual([]);
  });

  test("make room for the one above, which reaches to a kept child", () => {
    const fresh = layoutGraph(graph.nodes, graph.edges);
    const z = boxOf(fresh, "z");
    const boxes = layout(graph, new Map([["z", { x: z.x + 40, y: z.y + 300 }]]));
    const first = boxOf(boxes, "try");
    expect(first.y + first.height).toBe(z.y + 300 + 50 + 24);
    expect(boxOf(boxes, "catch").y).toBe(first.y + first.height + 32);
    expect(overlaps(graph, boxes)).toEqual([]);
    expect(escaped(graph, boxes)).toEqual([]);
  });
});
