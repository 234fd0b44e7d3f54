import { type Box, defaultLayoutOptions, layoutGraph } from "#core/layout";
import type { Outline, OutlineItem } from "./outline.ts";
import {
  ARM_SIZE,
  CONTAINER_PADDING,
  CONTAINER_SIZE,
  labelWidth,
  type Size,
  STAGE_SIZE,
  shownLabel,
} from "./sizes.ts";
import type { Point } from "./spatial-index.ts";
import type { Wire } from "./wires.ts";

/** Where everything is, by key, from the origin of the graph. */
export type Placement = ReadonlyMap<string, Box>;

/** From this share of placed stages on, the others join them instead of standing where the layout alone has them. */
const MOSTLY_PLACED = 0.75;

const LAYER_GAP = 72;
const NODE_GAP = 32;

/**
 * Places every box. A position in the file holds. The others come from the layout of the whole graph, which does not
 * look at the file's positions: moving one stage therefore moves no other. Only where nearly all stages of a level
 * have a position do the rest stand beside them, because the layout's own places would be anywhere.
 */
export function placeItems(outline: Outline, wires: Iterable<Wire>): Placement {
  const { items } = outline;
  const links = [...wires];
  const free = items.some((item) => item.kind === "stage" && item.written === null && !item.container);
  const automatic: Placement = free ? layOut(items, links) : new Map();
  const children = new Map<string | null, OutlineItem[]>();
  for (const item of items) {
    const siblings = children.get(item.parent);
    if (siblings === undefined) children.set(item.parent, [item]);
    else siblings.push(item);
  }
  const neighbours = neighboursOf(links);
  const boxes = new Map<string, Box>();

  /** Places the boxes inside `parent`, `inherited` away from where the layout has them. */
  const place = (parent: string | null, inherited: Point): void => {
    const siblings = children.get(parent) ?? [];
    const shifts = new Map<string, Point>();
    for (const item of siblings) {
      const written = writtenOf(item);
      if (written !== null) shifts.set(item.key, difference(written, automatic.get(item.key)));
    }
    const join = shifts.size > 0 && shifts.size >= siblings.length * MOSTLY_PLACED;
    const stacks = armShifts(
      siblings.filter(({ kind }) => kind === "arm"),
      automatic,
    );
    const lastShift = [...shifts.values()].at(-1) ?? inherited;
    // Those with a position first, so that the others see what is taken.
    const ordered = [
      ...siblings.filter(({ key }) => shifts.has(key)),
      ...siblings.filter(({ key }) => !shifts.has(key)),
    ];
    for (const item of ordered) {
      const known = shifts.get(item.key);
      const stacked = stacks.get(item.key) ?? { x: 0, y: 0 };
      const near = join ? (nearbyShift(item.key, neighbours, shifts) ?? lastShift) : inherited;
      const shift = known ?? { x: near.x + stacked.x, y: near.y + stacked.y };
      const auto = automatic.get(item.key);
      const size = sizeOf(item);
      const box: Box = { x: (auto?.x ?? 0) + shift.x, y: (auto?.y ?? 0) + shift.y, ...size };
      const inside = children.get(item.key);
      if (inside === undefined) {
        boxes.set(item.key, known === undefined && join ? freeSpot(box, siblings, boxes) : box);
        continue;
      }
      place(item.key, shift);
      const anchor = known === undefined ? null : box;
      boxes.set(item.key, around(inside, boxes, anchor, size));
    }
  };
  place(null, { x: 0, y: 0 });
  return boxes;
}

function layOut(items: readonly OutlineItem[], wires: readonly Wire[]): Placement {
  const itemOf = new Map(items.map((item) => [item.key, item]));
  const edges = wires.filter((wire) => !joinsArms(wire, itemOf));
  const nodes = items.map((item) => ({ id: item.key, parent: item.parent, ...sizeOf(item) }));
  return layoutGraph(nodes, edges, {
    ...defaultLayoutOptions,
    layerGap: layerGap(wires),
    nodeGap: NODE_GAP,
    padding: CONTAINER_PADDING,
  });
}

/** Room for the longest label. */
function layerGap(wires: readonly Wire[]): number {
  const labels = wires.map(({ label }) => (label === null ? 0 : labelWidth(shownLabel(label)) + 36));
  return labels.reduce((widest, width) => Math.max(widest, width), LAYER_GAP);
}

/** Whether a wire goes from arm to arm of one container: these stand below each other, whatever joins them. */
function joinsArms({ from, to }: Wire, items: ReadonlyMap<string, OutlineItem>): boolean {
  const arms = new Map<string, string>();
  for (let at = items.get(from); at != null; at = items.get(at.parent ?? "")) {
    if (at.kind === "arm") arms.set(at.parent, at.key);
  }
  for (let at = items.get(to); at != null; at = items.get(at.parent ?? "")) {
    if (at.kind === "arm" && arms.has(at.parent)) return arms.get(at.parent) !== at.key;
  }
  return false;
}

/** How far arms are from where the layout has them, so that they stand below each other in the order they run. */
function armShifts(arms: readonly OutlineItem[], automatic: Placement): ReadonlyMap<string, Point> {
  const boxes = arms.flatMap(({ key }) => automatic.get(key) ?? []);
  const x = Math.min(...boxes.map((box) => box.x));
  let y = Math.min(...boxes.map((box) => box.y));
  const shifts = new Map<string, Point>();
  for (const { key } of arms) {
    const box = automatic.get(key);
    if (box === undefined) continue;
    shifts.set(key, { x: x - box.x, y: y - box.y });
    y += box.height + NODE_GAP;
  }
  return shifts;
}

function sizeOf(item: OutlineItem): Size {
  if (item.kind === "arm") return ARM_SIZE;
  return item.container ? CONTAINER_SIZE : STAGE_SIZE;
}

function writtenOf(item: OutlineItem): Point | null {
  return item.kind === "stage" ? item.written : null;
}

function difference(written: Point, automatic: Box | undefined): Point {
  return { x: written.x - (automatic?.x ?? 0), y: written.y - (automatic?.y ?? 0) };
}

function neighboursOf(wires: readonly Wire[]): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (of: string, key: string): void => {
    const list = neighbours.get(of);
    if (list === undefined) neighbours.set(of, [key]);
    else list.push(key);
  };
  for (const { from, to } of wires) {
    add(to, from);
    add(from, to);
  }
  return neighbours;
}

function nearbyShift(
  key: string,
  neighbours: ReadonlyMap<string, readonly string[]>,
  shifts: ReadonlyMap<string, Point>,
): Point | undefined {
  for (const neighbour of neighbours.get(key) ?? []) {
    const shift = shifts.get(neighbour);
    if (shift !== undefined) return shift;
  }
  return undefined;
}

/** The box, moved down until it covers none of its siblings that are placed. */
function freeSpot(box: Box, siblings: readonly OutlineItem[], boxes: ReadonlyMap<string, Box>): Box {
  let spot = box;
  for (let tries = 0; tries < siblings.length; tries++) {
    const covered = siblings
      .map(({ key }) => boxes.get(key))
      .find((other) => other !== undefined && overlap(spot, other));
    if (covered === undefined) return spot;
    spot = { ...spot, y: covered.y + covered.height + NODE_GAP };
  }
  return spot;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The box around its children; a written position of its own extends it to there. */
function around(
  inside: readonly OutlineItem[],
  boxes: ReadonlyMap<string, Box>,
  anchor: Box | null,
  least: Size,
): Box {
  const { top, right, bottom, left } = CONTAINER_PADDING;
  let x = anchor?.x ?? Number.POSITIVE_INFINITY;
  let y = anchor?.y ?? Number.POSITIVE_INFINITY;
  let endX = Number.NEGATIVE_INFINITY;
  let endY = Number.NEGATIVE_INFINITY;
  for (const { key } of inside) {
    const child = boxes.get(key);
    if (child === undefined) continue;
    x = Math.min(x, child.x - left);
    y = Math.min(y, child.y - top);
    endX = Math.max(endX, child.x + child.width + right);
    endY = Math.max(endY, child.y + child.height + bottom);
  }
  return { x, y, width: Math.max(least.width, endX - x), height: Math.max(least.height, endY - y) };
}
