import { box, gaps, type Pipeline } from "../pipelines.ts";
import { type LayoutContender, placesOf } from "../places.ts";

const sweeps = 4;

/** The least that is a layered layout: longest paths, then stages sorted by the means of their neighbours, edges as they are. */
export function floor(pipeline: Pipeline): LayoutContender {
  return { name: `layers and ${sweeps} sweeps, no waypoints (floor)`, place: () => place(pipeline) };
}

function place({ stages, edges }: Pipeline) {
  const before: number[][] = Array.from({ length: stages }, () => []);
  const after: number[][] = Array.from({ length: stages }, () => []);
  const layerOf = new Int32Array(stages);
  // Edges are in the order of where they lead, so that a stage's layer is known before it is used.
  for (const [from, to] of edges) {
    before[to]?.push(from);
    after[from]?.push(to);
    layerOf[to] = Math.max(layerOf[to] ?? 0, (layerOf[from] ?? 0) + 1);
  }
  const layers: number[][] = [];
  const rank = new Float64Array(stages);
  for (let stage = 0; stage < stages; stage++) {
    const layer = (layers[layerOf[stage] ?? 0] ??= []);
    rank[stage] = layer.push(stage) - 1;
  }
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const down = sweep % 2 === 0;
    for (const layer of down ? layers : layers.toReversed()) sortByMeans(layer, down ? before : after, rank);
  }
  return placesOf(stages, (stage) => {
    const layer = layerOf[stage] ?? 0;
    const middle = ((layers[layer]?.length ?? 1) - 1) / 2;
    return {
      x: layer * (box.width + gaps.layer),
      y: ((rank[stage] ?? 0) - middle) * (box.height + gaps.stage),
    };
  });
}

function sortByMeans(layer: number[], neighbours: readonly (readonly number[])[], rank: Float64Array): void {
  const mean = new Map(
    layer.map((stage) => {
      const list = neighbours[stage] ?? [];
      const sum = list.reduce((total, other) => total + (rank[other] ?? 0), 0);
      return [stage, list.length === 0 ? (rank[stage] ?? 0) : sum / list.length];
    }),
  );
  layer.sort((a, b) => (mean.get(a) ?? 0) - (mean.get(b) ?? 0));
  for (const [i, stage] of layer.entries()) rank[stage] = i;
}
