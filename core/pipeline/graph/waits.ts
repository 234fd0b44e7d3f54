import { isOwningArm } from "./owners.ts";
import type { GraphEdge, GraphNode } from "./pipeline-graph.ts";

/**
 * What waits for what, with a start and an end for each stage: a body starts after its owner has, and the owner
 * ends after its body. Moments are numbered: stage `i` starts at `2 * i` and ends at `2 * i + 1`.
 */
export interface Waits {
  /** For each moment, those that come before it. */
  readonly before: readonly (readonly number[])[];
  /** The moment from which on something outside can go on that waits for stage `index`, seen from `from`. */
  endSeenFrom(from: number, index: number): number;
}

/** The moment at which stage `index` begins. */
export function startOf(index: number): number {
  return 2 * index;
}

/** The index of the stage whose moment it is. */
export function stageOf(moment: number): number {
  return moment >> 1;
}

/** Works out the moments of a graph. */
export function waitsOf(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  byId: ReadonlyMap<string, number>,
): Waits {
  const frames = framesOf(nodes, byId);
  const isInside = (index: number, owner: number): boolean => {
    for (let at = frames[index] ?? -1; at >= 0; at = frames[at] ?? -1) if (at === owner) return true;
    return false;
  };
  const endSeenFrom = (from: number, index: number): number => {
    if (isInside(from, index)) return startOf(index);
    let seen = index;
    for (;;) {
      const frame = frames[seen] ?? -1;
      if (frame < 0 || isInside(from, frame)) return startOf(seen) + 1;
      seen = frame;
    }
  };
  const before: number[][] = Array.from({ length: nodes.length * 2 }, () => []);
  nodes.forEach((_, index) => {
    before[startOf(index) + 1]?.push(startOf(index));
    const frame = frames[index] ?? -1;
    if (frame < 0) return;
    before[startOf(index)]?.push(startOf(frame));
    before[startOf(frame) + 1]?.push(startOf(index) + 1);
  });
  for (const { from, to } of edges) {
    const waiting = byId.get(to);
    const awaited = byId.get(from);
    if (waiting === undefined || awaited === undefined) continue;
    before[startOf(waiting)]?.push(endSeenFrom(waiting, awaited));
  }
  return { before, endSeenFrom };
}

/** For each stage the one it runs inside, or -1. What is written inside a conditional runs where that one does. */
function framesOf(nodes: readonly GraphNode[], byId: ReadonlyMap<string, number>): readonly number[] {
  return nodes.map(({ owner }) => {
    let around = owner;
    while (around !== null && !isOwningArm(around.arm))
      around = nodes[byId.get(around.stage) ?? -1]?.owner ?? null;
    return around === null ? -1 : (byId.get(around.stage) ?? -1);
  });
}
