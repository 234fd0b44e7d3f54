import { crossingCounter } from "./crossings.ts";
import { at } from "./digraph.ts";
import { firstOrder } from "./first-order.ts";
import type { ProperGraph } from "./proper-graph.ts";
import { switcher } from "./switch.ts";

/** Rounds without a better result after which a start is given up. */
const patience = 2;
const maxRounds = 24;
const maxSwitches = 8;

/** Orders each layer so that few edges cross: barycenter sweeps and adjacent switches, from several starts. */
export function orderLayers(graph: ProperGraph): readonly Int32Array[] {
  let best: readonly Int32Array[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  for (const start of ["down", "up"] as const) {
    const layers = firstOrder(graph, start);
    const result = improve(graph, layers);
    if (result.crossings < fewest) {
      fewest = result.crossings;
      best = result.layers;
    }
    if (fewest === 0) break;
  }
  return best;
}

function improve(
  graph: ProperGraph,
  layers: Int32Array[],
): { layers: readonly Int32Array[]; crossings: number } {
  const position = new Int32Array(graph.size);
  let widest = 0;
  for (const layer of layers) {
    number(layer, position);
    widest = Math.max(widest, layer.length);
  }
  const count = crossingCounter(graph, widest);
  const countAll = (): number => {
    let sum = 0;
    for (let l = 0; l + 1 < layers.length; l++) sum += count(layers[l] ?? new Int32Array(), position);
    return sum;
  };
  const switchLayer = switcher(graph, position);
  const value = new Float64Array(graph.size);

  let crossings = countAll();
  let best = layers.map((layer) => layer.slice());
  let idle = 0;
  for (let round = 0; round < maxRounds && idle < patience && crossings > 0; round++) {
    const ties = round % 4 < 2 ? "keep" : "turn";
    for (let l = 1; l < layers.length; l++)
      sortLayer(layers[l], graph.upStart, graph.up, position, value, ties);
    switchAll(layers, switchLayer);
    for (let l = layers.length - 2; l >= 0; l--)
      sortLayer(layers[l], graph.downStart, graph.down, position, value, ties);
    switchAll(layers, switchLayer);
    const now = countAll();
    if (now < crossings) {
      crossings = now;
      best = layers.map((layer) => layer.slice());
      idle = 0;
    } else idle++;
  }
  return { layers: best, crossings };
}

/** Until nothing changes or it takes too long. A layer is looked at again only after a change in it or beside it. */
function switchAll(layers: Int32Array[], switchLayer: (layer: Int32Array) => boolean): void {
  let pending = new Uint8Array(layers.length + 1).fill(1);
  for (let pass = 0; pass < maxSwitches; pass++) {
    const next = new Uint8Array(layers.length + 1);
    let changed = false;
    layers.forEach((layer, l) => {
      if (pending[l] === 0 || !switchLayer(layer)) return;
      changed = true;
      next.fill(1, Math.max(0, l - 1), l + 2);
    });
    if (!changed) return;
    pending = next;
  }
}

/**
 * Sorts a layer by the mean position of its neighbours on one side; vertices without one keep their place, and those
 * of one mean keep their order or turn it.
 */
function sortLayer(
  layer: Int32Array | undefined,
  start: Int32Array,
  neighbours: Int32Array,
  position: Int32Array,
  value: Float64Array,
  ties: "keep" | "turn",
): void {
  if (layer === undefined) return;
  const movable: number[] = [];
  const free: number[] = [];
  for (let i = 0; i < layer.length; i++) {
    const v = at(layer, i);
    const degree = at(start, v + 1) - at(start, v);
    if (degree === 0) continue;
    let sum = 0;
    for (let slot = at(start, v); slot < at(start, v + 1); slot++) sum += at(position, at(neighbours, slot));
    value[v] = sum / degree;
    movable.push(v);
    free.push(i);
  }
  const tie = ties === "keep" ? 1 : -1;
  movable.sort((a, b) => at(value, a) - at(value, b) || tie * (at(position, a) - at(position, b)));
  for (let i = 0; i < movable.length; i++) layer[free[i] ?? 0] = movable[i] ?? 0;
  number(layer, position);
}

function number(layer: Int32Array, position: Int32Array): void {
  for (let i = 0; i < layer.length; i++) position[at(layer, i)] = i;
}
