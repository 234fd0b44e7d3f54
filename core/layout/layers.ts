import { at, type Digraph } from "./digraph.ts";

/** Passes that pull stages towards their neighbours; more change next to nothing. */
const passes = 4;

/**
 * A layer for each node of an acyclic graph, every edge leading to a later one: the longest path from a source,
 * then each node is moved within its slack to where its edges are shortest in sum. The first layer is 0.
 */
export function assignLayers(graph: Digraph): Int32Array {
  const order = topologicalOrder(graph);
  const layer = new Int32Array(graph.size);
  for (const v of order) {
    for (let slot = at(graph.outStart, v); slot < at(graph.outStart, v + 1); slot++) {
      const w = at(graph.out, slot);
      if (at(layer, w) <= at(layer, v)) layer[w] = at(layer, v) + 1;
    }
  }
  for (let pass = 0; pass < passes; pass++) {
    for (let i = order.length - 1; i >= 0; i--) shorten(graph, layer, at(order, i));
    for (const v of order) shorten(graph, layer, v);
  }
  return normalised(layer);
}

/** The nodes, each after all it follows. */
function topologicalOrder(graph: Digraph): Int32Array {
  const order = new Int32Array(graph.size);
  const waiting = new Int32Array(graph.size);
  let filled = 0;
  for (let v = 0; v < graph.size; v++) {
    waiting[v] = at(graph.inStart, v + 1) - at(graph.inStart, v);
    if (waiting[v] === 0) order[filled++] = v;
  }
  for (let i = 0; i < filled; i++) {
    const v = at(order, i);
    for (let slot = at(graph.outStart, v); slot < at(graph.outStart, v + 1); slot++) {
      const w = at(graph.out, slot);
      waiting[w] = at(waiting, w) - 1;
      if (waiting[w] === 0) order[filled++] = w;
    }
  }
  return order;
}

/** Moves a node to the end of its slack where it has more edges; with as many on both sides it stays. */
function shorten(graph: Digraph, layer: Int32Array, v: number): void {
  const outs = at(graph.outStart, v + 1) - at(graph.outStart, v);
  const ins = at(graph.inStart, v + 1) - at(graph.inStart, v);
  if (outs > ins) {
    let first = Number.MAX_SAFE_INTEGER;
    for (let s = at(graph.outStart, v); s < at(graph.outStart, v + 1); s++)
      first = Math.min(first, at(layer, at(graph.out, s)));
    layer[v] = first - 1;
  } else if (ins > outs) {
    let last = -1;
    for (let s = at(graph.inStart, v); s < at(graph.inStart, v + 1); s++)
      last = Math.max(last, at(layer, at(graph.in, s)));
    layer[v] = last + 1;
  }
}

function normalised(layer: Int32Array): Int32Array {
  let first = Number.MAX_SAFE_INTEGER;
  for (const l of layer) first = Math.min(first, l);
  return layer.map((l) => l - first);
}
