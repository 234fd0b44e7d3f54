import type { PipelineGraph } from "./pipeline-graph.ts";
import { stageOf, startOf, waitsOf } from "./waits.ts";

/**
 * How the end of `awaited`, for something at the place of `waiting`, comes after the start of `waiting`: the stages
 * between, each waiting for the one before it. Null when it does not, so that `waiting` may wait for `awaited`.
 */
export function waitingPath(
  graph: PipelineGraph,
  waiting: string,
  awaited: string,
): readonly string[] | null {
  const byId = new Map<string, number>();
  graph.nodes.forEach(({ stage }, index) => {
    if (!byId.has(stage.id)) byId.set(stage.id, index);
  });
  const from = byId.get(waiting);
  const to = byId.get(awaited);
  if (from === undefined || to === undefined) return null;
  const { before, endSeenFrom } = waitsOf(graph.nodes, graph.edges, byId);
  const goal = startOf(from);
  const start = endSeenFrom(from, to);
  const cameFrom = new Map<number, number>([[start, -1]]);
  const queue = [start];
  for (let moment = queue.pop(); moment !== undefined; moment = queue.pop()) {
    if (moment === goal) break;
    for (const earlier of before[moment] ?? []) {
      if (cameFrom.has(earlier)) continue;
      cameFrom.set(earlier, moment);
      queue.push(earlier);
    }
  }
  if (!cameFrom.has(goal)) return null;
  const path: string[] = [];
  for (let moment = goal; moment >= 0; moment = cameFrom.get(moment) ?? -1) {
    path.push(graph.nodes[stageOf(moment)]?.stage.id ?? "");
  }
  return [...new Set(path)];
}
