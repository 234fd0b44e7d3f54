import { at, type Digraph, pack } from "./digraph.ts";

/**
 * A layered graph whose edges all lead from one layer to the next: long edges run over waypoints, which are
 * the vertices from `real` on.
 */
export interface ProperGraph {
  readonly real: number;
  readonly size: number;
  readonly layer: Int32Array;
  readonly layerCount: number;
  readonly downStart: Int32Array;
  readonly down: Int32Array;
  readonly upStart: Int32Array;
  readonly up: Int32Array;
}

/** Waypoints per node and edge. What is longer than the budget allows runs straight and is not ordered by. */
const budget = 6;

/**
 * Splits long edges. Their number of waypoints would be quadratic in a chain whose every stage also feeds the
 * last one, so only edges up to a span that keeps the sum within a budget get any; a very long edge crosses
 * nearly the same others wherever its ends are.
 */
export function properGraph(graph: Digraph, layer: Int32Array): ProperGraph {
  const limit = spanLimit(graph, layer);
  let layerCount = 0;
  for (const l of layer) layerCount = Math.max(layerCount, l + 1);

  const from: number[] = [];
  const to: number[] = [];
  const layers: number[] = Array.from(layer);
  for (let e = 0; e < graph.from.length; e++) {
    const v = at(graph.from, e);
    const w = at(graph.to, e);
    const end = at(layer, w);
    if (end - at(layer, v) > limit) continue;
    let last = v;
    for (let l = at(layer, v) + 1; l < end; l++) {
      from.push(last);
      last = layers.push(l) - 1;
      to.push(last);
    }
    from.push(last);
    to.push(w);
  }
  const size = layers.length;
  const [downStart, down] = pack(size, Int32Array.from(from), Int32Array.from(to));
  const [upStart, up] = pack(size, Int32Array.from(to), Int32Array.from(from));
  return { real: graph.size, size, layer: Int32Array.from(layers), layerCount, downStart, down, upStart, up };
}

/** The longest span of which all edges, with all shorter ones, fit the budget. */
function spanLimit(graph: Digraph, layer: Int32Array): number {
  const edgesOfSpan: number[] = [];
  for (let e = 0; e < graph.from.length; e++) {
    const span = at(layer, at(graph.to, e)) - at(layer, at(graph.from, e));
    edgesOfSpan[span] = (edgesOfSpan[span] ?? 0) + 1;
  }
  let left = budget * (graph.size + graph.from.length);
  let span = 1;
  while (span + 1 < edgesOfSpan.length) {
    left -= (edgesOfSpan[span + 1] ?? 0) * span;
    if (left < 0) break;
    span++;
  }
  return span;
}
