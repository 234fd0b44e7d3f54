import { Graph, layout } from "@dagrejs/dagre";
import { box, gaps, type Pipeline } from "../pipelines.ts";
import { type LayoutContender, placesOf } from "../places.ts";

export function dagre({ stages, edges }: Pipeline): LayoutContender {
  return {
    name: "dagre 3.1.3",
    place() {
      const graph = new Graph();
      graph.setGraph({ rankdir: "LR", nodesep: gaps.stage, ranksep: gaps.layer });
      graph.setDefaultEdgeLabel(() => ({}));
      for (let stage = 0; stage < stages; stage++) graph.setNode(`s${stage}`, { ...box });
      for (const [from, to] of edges) graph.setEdge(`s${from}`, `s${to}`);
      layout(graph);
      return placesOf(stages, (stage) => graph.node(`s${stage}`));
    },
  };
}
