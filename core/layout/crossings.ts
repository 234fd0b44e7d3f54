import { at } from "./digraph.ts";
import type { ProperGraph } from "./proper-graph.ts";

/** Counts crossings between neighbouring layers, in O(edges · log(layer)); its buffers are reused. */
export function crossingCounter(
  graph: ProperGraph,
  widest: number,
): (order: Int32Array, position: Int32Array) => number {
  const tree = new Int32Array(widest + 2);
  /** Edges of one layer to the next, counted as inversions with a Fenwick tree over the next layer's positions. */
  return (order, position) => {
    tree.fill(0);
    let crossings = 0;
    let total = 0;
    for (const v of order) {
      const first = at(graph.downStart, v);
      const last = at(graph.downStart, v + 1);
      for (let slot = first; slot < last; slot++) {
        let notBeyond = 0;
        for (let i = at(position, at(graph.down, slot)) + 1; i > 0; i -= i & -i) notBeyond += at(tree, i);
        crossings += total - notBeyond;
      }
      for (let slot = first; slot < last; slot++) {
        for (let i = at(position, at(graph.down, slot)) + 1; i < tree.length; i += i & -i)
          tree[i] = at(tree, i) + 1;
      }
      total += last - first;
    }
    return crossings;
  };
}
