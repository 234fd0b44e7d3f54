import fc from "fast-check";
import type { Box, LayoutEdge, LayoutNode } from "#core/layout";

export interface Graph {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

const size = fc.integer({ min: 1, max: 300 });

/** Graphs with containers in containers. Edges lead from lower to higher numbers, so none closes a cycle. */
export const acyclicGraph: fc.Arbitrary<Graph> = fc
  .array(fc.record({ width: size, height: size, inside: fc.nat(), nested: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  })
  .chain((shapes) => {
    const nodes = shapes.map((shape, i) => ({
      id: `n${i}`,
      width: shape.width,
      height: shape.height,
      parent: shape.nested && i > 0 ? `n${shape.inside % i}` : null,
    }));
    const end = fc.nat({ max: nodes.length - 1 });
    return fc.record({
      nodes: fc.constant(nodes),
      edges: fc
        .array(fc.tuple(end, end), { maxLength: 80 })
        .map((pairs) =>
          pairs
            .filter(([a, b]) => a !== b)
            .map(([a, b]) => ({ from: `n${Math.min(a, b)}`, to: `n${Math.max(a, b)}` })),
        ),
    });
  });

/** A graph with cycles, loops, and ends that do not exist. */
export const anyGraph: fc.Arbitrary<Graph> = acyclicGraph.chain((graph) => {
  const end = fc.nat({ max: graph.nodes.length + 1 }).map((i) => `n${i}`);
  return fc
    .array(fc.record({ from: end, to: end }), { maxLength: 80 })
    .map((edges) => ({ nodes: graph.nodes, edges }));
});

export function ancestorsOf(graph: Graph, id: string): readonly string[] {
  const parent = graph.nodes.find((node) => node.id === id)?.parent ?? null;
  return parent === null ? [] : [parent, ...ancestorsOf(graph, parent)];
}

/** The box of a node, which must have one. */
export function boxOf(boxes: ReadonlyMap<string, Box>, id: string): Box {
  const box = boxes.get(id);
  if (box === undefined) throw new Error(`${id} was not placed`);
  return box;
}

export function overlapping(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Pairs of siblings that cover each other. */
export function overlaps(graph: Graph, boxes: ReadonlyMap<string, Box>): readonly string[] {
  const found: string[] = [];
  graph.nodes.forEach((a, i) => {
    for (const b of graph.nodes.slice(i + 1)) {
      if (a.parent === b.parent && overlapping(boxOf(boxes, a.id), boxOf(boxes, b.id)))
        found.push(`${a.id} ${b.id}`);
    }
  });
  return found;
}

/** Children that stick out of their container. */
export function escaped(graph: Graph, boxes: ReadonlyMap<string, Box>): readonly string[] {
  return graph.nodes.flatMap((node) => {
    if (node.parent === null) return [];
    const inner = boxOf(boxes, node.id);
    const outer = boxOf(boxes, node.parent);
    const inside =
      inner.x > outer.x &&
      inner.y > outer.y &&
      inner.x + inner.width < outer.x + outer.width &&
      inner.y + inner.height < outer.y + outer.height;
    return inside ? [] : [node.id];
  });
}

/** A pipeline-like graph: layers of some stages, each fed by one or two near it in the layer before. */
export function pipelineLike(stages: number, seed: number): Graph {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
  const nodes: LayoutNode[] = [];
  const edges: LayoutEdge[] = [];
  let previous: string[] = [];
  while (nodes.length < stages) {
    const layer = Array.from(
      { length: Math.min(1 + next(8), stages - nodes.length) },
      (_, i) => `s${nodes.length + i}`,
    );
    layer.forEach((id, i) => {
      nodes.push({ id, width: 180, height: 60, parent: null });
      if (previous.length === 0) return;
      const near = Math.round((i / layer.length) * (previous.length - 1));
      for (const from of new Set([near, Math.min(previous.length - 1, near + next(2))])) {
        edges.push({ from: previous[from] ?? "", to: id });
      }
    });
    previous = layer;
  }
  return { nodes, edges };
}
