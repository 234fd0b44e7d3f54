import { defaultLayoutOptions, type LayoutNode, layoutGraph, type Point } from "../../core/layout/index.ts";
import { box, gaps, type Pipeline } from "./pipelines.ts";

const additions = 20;

/**
 * Adds a stage between two others at so many places and says how many of the other stages stand elsewhere then: where
 * the file has places, as it does once someone has arranged it, and where it has none.
 */
export function measureStillness({ stages, edges }: Pipeline): void {
  const nodes = Array.from({ length: stages }, (_, i): LayoutNode => ({ id: `s${i}`, ...box, parent: null }));
  const links = edges.map(([from, to]) => ({ from: `s${from}`, to: `s${to}` }));
  const options = { ...defaultLayoutOptions, layerGap: gaps.layer, nodeGap: gaps.stage };
  const before = layoutGraph(nodes, links, options);

  const movedBy = (edge: number, keep: ReadonlyMap<string, Point>): number => {
    const [from, to] = edges[edge] ?? [0, 1];
    const withNew = [...nodes, { id: "new", ...box, parent: null }];
    const linked = [...links, { from: `s${from}`, to: "new" }, { from: "new", to: `s${to}` }];
    const after = layoutGraph(withNew, linked, { ...options, keep });
    return nodes.filter(
      ({ id }) => before.get(id)?.x !== after.get(id)?.x || before.get(id)?.y !== after.get(id)?.y,
    ).length;
  };
  const total = (keep: ReadonlyMap<string, Point>): number => {
    let moved = 0;
    for (let i = 0; i < additions; i++) moved += movedBy(Math.floor((i * edges.length) / additions), keep);
    return moved;
  };
  const arranged = total(before);
  const bare = total(new Map());
  console.log(`A stage added to ${stages}, at ${additions} places, one at a time:
  with places in the file it moves ${arranged} others; goal none ${arranged === 0 ? "met" : "MISSED"}
  with none, ${(bare / additions).toFixed(0)} of ${stages} each time, as all are laid out anew\n`);
}
