import { type Box, defaultLayoutOptions, layoutGraph, type Point } from "#core/layout";
import type { OutlineItem } from "./outline.ts";
import {
  ARM_SIZE,
  CONTAINER_PADDING,
  CONTAINER_SIZE,
  labelWidth,
  NODE_GAP,
  type Size,
  STAGE_SIZE,
  shownLabel,
} from "./sizes.ts";
import type { Wire } from "./wires.ts";

/** Where everything is, by key, from the origin of the graph. */
export type Placement = ReadonlyMap<string, Box>;

const LAYER_GAP = 72;

/** Places every box: what has a position in the file there, the rest by the layout; arms below each other as they run. */
export function placeItems(items: readonly OutlineItem[], wires: Iterable<Wire>): Placement {
  const links = [...wires];
  const keep = new Map<string, Point>();
  const nodes = items.map((item, index) => {
    const node = { id: item.key, parent: item.parent, ...sizeOf(item) };
    if (item.kind === "arm") return { ...node, rank: index };
    if (item.written !== null) keep.set(item.key, item.written);
    return node;
  });
  return layoutGraph(nodes, links, {
    ...defaultLayoutOptions,
    layerGap: layerGap(links),
    nodeGap: NODE_GAP,
    padding: CONTAINER_PADDING,
    keep,
  });
}

/** Room for the longest label. */
function layerGap(wires: readonly Wire[]): number {
  const labels = wires.map(({ label }) => (label === null ? 0 : labelWidth(shownLabel(label)) + 36));
  return labels.reduce((widest, width) => Math.max(widest, width), LAYER_GAP);
}

function sizeOf(item: OutlineItem): Size {
  if (item.kind === "arm") return ARM_SIZE;
  return item.container ? CONTAINER_SIZE : STAGE_SIZE;
}
