import { coordGreedy, decrossTwoLayer, graph, layeringLongestPath, layeringSimplex, sugiyama } from "d3-dag";
import { box, gaps, type Pipeline } from "../pipelines.ts";
import { type LayoutContender, placesOf } from "../places.ts";

/**
 * Orders two layers at a time, by means and greedy switches, which is its default; coordinates by its greedy way. Its
 * default layers are those of a simplex; those of the longest paths take it less time.
 */
export function d3Dag(layers: "simplex" | "longest path"): (pipeline: Pipeline) => LayoutContender {
  const layout = sugiyama()
    .layering(layers === "simplex" ? layeringSimplex() : layeringLongestPath())
    .decross(decrossTwoLayer())
    .coord(coordGreedy())
    .nodeSize([box.height, box.width])
    .gap([gaps.stage, gaps.layer]);
  return ({ stages, edges }) => ({
    name: `d3-dag 1.2.2 (two-layer, greedy; ${layers})`,
    place() {
      const dag = graph<number, undefined>();
      const nodes = Array.from({ length: stages }, (_, i) => dag.node(i));
      for (const [from, to] of edges) {
        const [source, target] = [nodes[from], nodes[to]];
        if (source !== undefined && target !== undefined) dag.link(source, target, undefined);
      }
      layout(dag);
      // It lays out from the top down.
      return placesOf(stages, (stage) => ({
        x: nodes[stage]?.y ?? Number.NaN,
        y: nodes[stage]?.x ?? Number.NaN,
      }));
    },
  });
}
