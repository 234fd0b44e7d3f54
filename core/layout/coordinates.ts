import { at } from "./digraph.ts";
import type { ProperGraph } from "./proper-graph.ts";

/** How strongly an edge wants to be straight: the more of its ends are waypoints, the more. */
const pull = [1, 2, 8] as const;
const rounds = 10;

/**
 * The centre of each vertex across the layers, keeping the orders and at least `gap` between neighbours.
 * Each layer in turn is moved as near to its neighbours' mean as the separations let it, which is a least
 * squares problem with an exact linear solution (pool adjacent violators).
 */
export function crossCoordinates(
  graph: ProperGraph,
  layers: readonly Int32Array[],
  sizes: Float64Array,
  gap: number,
): Float64Array {
  const centre = new Float64Array(graph.size);
  const offset = new Float64Array(graph.size);
  for (const layer of layers) {
    let edge = 0;
    for (const v of layer) {
      const size = v < graph.real ? at(sizes, v) : 0;
      offset[v] = edge + size / 2;
      edge += size + (v < graph.real ? gap : gap / 2);
    }
    for (const v of layer) centre[v] = at(offset, v) - edge / 2;
  }
  const fit = fitter(
    graph,
    centre,
    offset,
    layers.reduce((most, layer) => Math.max(most, layer.length), 0),
  );
  for (let round = 0; round < rounds; round++) {
    const both = round >= rounds - 2;
    for (let l = 1; l < layers.length; l++) fit(layers[l], both ? "both" : "up");
    for (let l = layers.length - 2; l >= 0; l--) fit(layers[l], both ? "both" : "down");
  }
  return centre;
}

type Side = "up" | "down" | "both";

function fitter(
  graph: ProperGraph,
  centre: Float64Array,
  offset: Float64Array,
  widest: number,
): (layer: Int32Array | undefined, side: Side) => void {
  const blockMean = new Float64Array(widest);
  const blockWeight = new Float64Array(widest);
  const blockEnd = new Int32Array(widest);
  let sum = 0;
  let weight = 0;

  const gather = (v: number, start: Int32Array, neighbours: Int32Array): void => {
    for (let slot = at(start, v); slot < at(start, v + 1); slot++) {
      const w = at(neighbours, slot);
      const strength = pull[(v < graph.real ? 0 : 1) + (w < graph.real ? 0 : 1)] ?? 1;
      sum += strength * at(centre, w);
      weight += strength;
    }
  };

  return (layer, side) => {
    if (layer === undefined) return;
    let blocks = 0;
    for (let i = 0; i < layer.length; i++) {
      const v = at(layer, i);
      sum = 0;
      weight = 0;
      if (side !== "down") gather(v, graph.upStart, graph.up);
      if (side !== "up") gather(v, graph.downStart, graph.down);
      // What has no neighbour on this side would rather stay, but gives way to what has.
      if (weight === 0) {
        weight = 0.05;
        sum = weight * at(centre, v);
      }
      let mean = sum / weight - at(offset, v);
      let total = weight;
      while (blocks > 0 && at(blockMean, blocks - 1) > mean) {
        blocks--;
        const other = at(blockWeight, blocks);
        mean = (mean * total + at(blockMean, blocks) * other) / (total + other);
        total += other;
      }
      blockMean[blocks] = mean;
      blockWeight[blocks] = total;
      blockEnd[blocks] = i + 1;
      blocks++;
    }
    let i = 0;
    for (let b = 0; b < blocks; b++) {
      for (; i < at(blockEnd, b); i++) {
        const v = at(layer, i);
        centre[v] = at(blockMean, b) + at(offset, v);
      }
    }
  };
}
