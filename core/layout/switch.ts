import { at } from "./digraph.ts";
import type { ProperGraph } from "./proper-graph.ts";

/**
 * Exchanges neighbours in a layer wherever that saves crossings on its two sides together.
 * The returned function changes the layer and `position`, and says whether it changed anything.
 */
export function switcher(graph: ProperGraph, position: Int32Array): (layer: Int32Array) => boolean {
  const above = new Int32Array(graph.up.length);
  const below = new Int32Array(graph.down.length);
  return (layer) => {
    for (const v of layer) {
      sortedPositions(graph.upStart, graph.up, v, position, above);
      sortedPositions(graph.downStart, graph.down, v, position, below);
    }
    let changed = false;
    for (let i = 0; i + 1 < layer.length; i++) {
      const v = at(layer, i);
      const w = at(layer, i + 1);
      const gain = excess(graph.upStart, above, v, w) + excess(graph.downStart, below, v, w);
      if (gain <= 0) continue;
      layer[i] = w;
      layer[i + 1] = v;
      position[w] = i;
      position[v] = i + 1;
      changed = true;
    }
    return changed;
  };
}

/** Lists shorter than this are sorted by insertion, which is several times as fast for them. */
const short = 24;

/** The positions of v's neighbours, ascending, at v's own slots. */
function sortedPositions(
  start: Int32Array,
  neighbours: Int32Array,
  v: number,
  position: Int32Array,
  into: Int32Array,
): void {
  const first = at(start, v);
  const last = at(start, v + 1);
  if (last - first > short) {
    for (let slot = first; slot < last; slot++) into[slot] = at(position, at(neighbours, slot));
    into.subarray(first, last).sort();
    return;
  }
  for (let slot = first; slot < last; slot++) {
    const value = at(position, at(neighbours, slot));
    let hole = slot;
    for (; hole > first && at(into, hole - 1) > value; hole--) into[hole] = at(into, hole - 1);
    into[hole] = value;
  }
}

/** Crossings of the edges of v and w with v before w, less those with w before v. */
function excess(start: Int32Array, positions: Int32Array, v: number, w: number): number {
  const vEnd = at(start, v + 1);
  const wEnd = at(start, w + 1);
  if (at(start, v) === vEnd || at(start, w) === wEnd) return 0;
  let i = at(start, v);
  let below = at(start, w);
  let equal = below;
  const wCount = wEnd - below;
  const wFirst = below;
  let sum = 0;
  for (; i < vEnd; i++) {
    const p = at(positions, i);
    while (below < wEnd && at(positions, below) < p) below++;
    if (equal < below) equal = below;
    while (equal < wEnd && at(positions, equal) === p) equal++;
    sum += below - wFirst - (wCount - (equal - wFirst));
  }
  return sum;
}
