import { defaultLayoutOptions, layoutGraph } from "../../../core/layout/index.ts";
import { box, gaps, type Pipeline } from "../pipelines.ts";
import { type LayoutContender, placesOf } from "../places.ts";

export function flowMason({ stages, edges }: Pipeline): LayoutContender {
  const nodes = Array.from({ length: stages }, (_, i) => ({ id: `s${i}`, ...box, parent: null }));
  const links = edges.map(([from, to]) => ({ from: `s${from}`, to: `s${to}` }));
  const options = { ...defaultLayoutOptions, layerGap: gaps.layer, nodeGap: gaps.stage };
  return {
    name: "FlowMason",
    place() {
      const boxes = layoutGraph(nodes, links, options);
      return placesOf(stages, (stage) => {
        const { x, y, width, height } = boxes.get(`s${stage}`) ?? { x: Number.NaN, y: Number.NaN, ...box };
        return { x: x + width / 2, y: y + height / 2 };
      });
    },
  };
}
