import type { MergeModel } from "./merge-model.ts";

type Graphs = MergeModel["graphs"];

/** Where a stage is on the graphs of a merge. */
export interface StageOnSides {
  /** The key that it has on the graph of a side, under whichever id; null where it is not there. */
  on(side: Parameters<Graphs["get"]>[0]): string | null;
}

/** A stage by an id that any of the sides has for it: one may have given it another than the result has. */
export function stageOnSides(graphs: Graphs, stage: string): StageOnSides {
  const before = new Set([stage]);
  for (const { oldIds } of graphs.values()) {
    const old = oldIds.get(stage);
    if (old !== undefined) before.add(old);
  }
  return {
    on(side) {
      const graph = graphs.get(side);
      if (graph === undefined) return null;
      const renamed = [...graph.oldIds].flatMap(([now, old]) => (before.has(old) ? [now] : []));
      for (const id of [stage, ...renamed, ...before]) {
        const key = graph.union.keyOf.get(id);
        if (key !== undefined) return key;
      }
      return null;
    },
  };
}
