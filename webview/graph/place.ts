import {
  areAllKept,
  type Box,
  defaultLayoutOptions,
  type LayoutEdge,
  type LayoutNode,
  type LayoutOptions,
  layoutGraph,
  type Point,
} from "#core/layout";
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

/** What a layout depends on, which is everything but the positions that the file gives. It can be sent to a worker. */
export interface LayoutPlan {
  readonly nodes: readonly LayoutNode[];
  readonly links: readonly LayoutEdge[];
  readonly layerGap: number;
}

export const emptyPlan: LayoutPlan = { nodes: [], links: [], layerGap: 0 };

const LAYER_GAP = 72;

/** What there is to place: arms below each other as they run. */
export function planLayout(items: Iterable<OutlineItem>, wires: Iterable<Wire>): LayoutPlan {
  const all = [...wires];
  const nodes = [...items].map((item, index) => {
    const node = { id: item.key, parent: item.parent, ...sizeOf(item) };
    return item.kind === "arm" ? { ...node, rank: index } : node;
  });
  return { nodes, links: all.map(({ from, to }) => ({ from, to })), layerGap: layerGap(all) };
}

/** Where everything is that the file gives no position. This is what takes time: a second, say, for 10,000 stages. */
export function layOut(plan: LayoutPlan): Placement {
  return layoutGraph(plan.nodes, plan.links, optionsOf(plan));
}

/** The positions that the file gives. */
export function writtenPlaces(items: Iterable<OutlineItem>): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  for (const item of items) {
    if (item.kind === "stage" && item.written !== null) places.set(item.key, item.written);
  }
  return places;
}

/** Whether `layOut` has anything to say. */
export function needsLayout(plan: LayoutPlan, written: ReadonlyMap<string, Point>): boolean {
  return !areAllKept(plan.nodes, written);
}

/** Places every box: what has a position in the file there, the rest as it is laid out; `fresh` is null where nothing needs that. */
export function placeItems(
  plan: LayoutPlan,
  written: ReadonlyMap<string, Point>,
  fresh: Placement | null,
): Placement {
  const options = { ...optionsOf(plan), keep: written };
  return layoutGraph(plan.nodes, plan.links, fresh === null ? options : { ...options, fresh });
}

/** Room between layers for the longest label. */
export function layerGap(wires: Iterable<Wire>): number {
  let widest = LAYER_GAP;
  for (const { label } of wires) {
    if (label !== null) widest = Math.max(widest, labelWidth(shownLabel(label)) + 36);
  }
  return widest;
}

function optionsOf(plan: LayoutPlan): LayoutOptions {
  return {
    ...defaultLayoutOptions,
    layerGap: plan.layerGap,
    nodeGap: NODE_GAP,
    padding: CONTAINER_PADDING,
  };
}

function sizeOf(item: OutlineItem): Size {
  if (item.kind === "arm") return ARM_SIZE;
  return item.container ? CONTAINER_SIZE : STAGE_SIZE;
}
