import { at } from "./digraph.ts";
import type { ProperGraph } from "./proper-graph.ts";

/** A first order: depth first from one end, so that what belongs together begins side by side. */
export function firstOrder(graph: ProperGraph, from: "down" | "up"): Int32Array[] {
  const layers: number[][] = Array.from({ length: graph.layerCount }, () => []);
  const seen = new Uint8Array(graph.size);
  const start = from === "down" ? graph.downStart : graph.upStart;
  const next = from === "down" ? graph.down : graph.up;
  const backStart = from === "down" ? graph.upStart : graph.downStart;
  const path: number[] = [];
  const visit = (root: number): void => {
    path.push(root);
    while (path.length > 0) {
      const v = path.pop() ?? 0;
      if (seen[v] === 1) continue;
      seen[v] = 1;
      layers[at(graph.layer, v)]?.push(v);
      for (let slot = at(start, v + 1) - 1; slot >= at(start, v); slot--) path.push(at(next, slot));
    }
  };
  for (let v = 0; v < graph.size; v++) if (at(backStart, v) === at(backStart, v + 1)) visit(v);
  return layers.map((layer) => Int32Array.from(layer));
}
