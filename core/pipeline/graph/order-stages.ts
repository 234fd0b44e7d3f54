import type { GraphEdge, GraphNode, PipelineGraph } from "./pipeline-graph.ts";
import { stageOf, startOf, waitsOf } from "./waits.ts";

/** Puts stages into an order in which they can run, and finds those that wait for each other. Linear. */
export function orderStages(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  byId: ReadonlyMap<string, number>,
): Pick<PipelineGraph, "order" | "cycles"> {
  const { before } = waitsOf(nodes, edges, byId);
  const idOf = (moment: number): string => nodes[stageOf(moment)]?.stage.id ?? "";
  const state = new Uint8Array(before.length);
  const next = new Uint32Array(before.length);
  const order: string[] = [];
  const cycles = new Map<string, readonly string[]>();
  nodes.forEach((_, index) => {
    const path = [startOf(index)];
    for (let moment = path.at(-1); moment !== undefined; moment = path.at(-1)) {
      if (state[moment] === SETTLED) {
        path.pop();
        continue;
      }
      state[moment] = ON_PATH;
      const awaited = before[moment]?.[next[moment] ?? 0];
      next[moment] = (next[moment] ?? 0) + 1;
      if (awaited === undefined) {
        state[moment] = SETTLED;
        if (moment === startOf(stageOf(moment))) order.push(idOf(moment));
        path.pop();
      } else if (state[awaited] === ON_PATH) {
        const cycle = closedPath(path.slice(path.lastIndexOf(awaited)).map(idOf));
        cycles.set(cycle.toSorted().join("\n"), cycle);
      } else if (state[awaited] !== SETTLED) {
        path.push(awaited);
      }
    }
  });
  return { order, cycles: [...cycles.values()] };
}

const ON_PATH = 1;
const SETTLED = 2;

/** The stages of a path of moments in the order they wait, each once, from the one that comes first in the path. */
function closedPath(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].toReversed();
}
