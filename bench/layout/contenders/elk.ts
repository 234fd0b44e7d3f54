import ELK from "elkjs/lib/elk.bundled.js";
import { box, gaps, type Pipeline } from "../pipelines.ts";
import { type LayoutContender, placesOf } from "../places.ts";

/** The layered algorithm with its defaults, in this thread: its time holds no messages between threads. */
export function elk({ stages, edges }: Pipeline): LayoutContender {
  const engine = new ELK();
  const layoutOptions = {
    "elk.algorithm": "layered",
    "elk.direction": "RIGHT",
    "elk.spacing.nodeNode": String(gaps.stage),
    "elk.layered.spacing.nodeNodeBetweenLayers": String(gaps.layer),
  };
  return {
    name: "elkjs 0.12.1 (layered)",
    async place() {
      const placed = await engine.layout({
        id: "root",
        layoutOptions,
        children: Array.from({ length: stages }, (_, i) => ({ id: `s${i}`, ...box })),
        edges: edges.map(([from, to], i) => ({ id: `e${i}`, sources: [`s${from}`], targets: [`s${to}`] })),
      });
      const byId = new Map(placed.children?.map((child) => [child.id, child]));
      return placesOf(stages, (stage) => {
        const { x = Number.NaN, y = Number.NaN } = byId.get(`s${stage}`) ?? {};
        return { x: x + box.width / 2, y: y + box.height / 2 };
      });
    },
  };
}
