import type { Point } from "#core/layout";
import type { GraphView } from "./graph-view.ts";
import type { OutlineItem } from "./outline.ts";
import { type Placement, placeItems } from "./place.ts";
import { outermostOf } from "./together.ts";

/** Where every stage stands, by key, in a graph that nobody has arranged: as in a file without positions. */
export function tidyGraph({ items, wires }: GraphView): ReadonlyMap<string, Point> {
  return stagePlaces(placeItems(withoutPlaces(items.values()), wires.values()), items);
}

/**
 * Where stages come to stand, by key, with what is inside them, when they are laid out for themselves. Those that are
 * in the same container keep their top left corner together; the other stages are not looked at.
 */
export function tidyStages(graph: GraphView, keys: Iterable<string>): ReadonlyMap<string, Point> {
  const { items, wires, boxes } = graph;
  const groups = new Map<string | null, Set<string>>();
  for (const key of outermostOf(items, keys)) {
    const parent = items.get(key)?.parent ?? null;
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, new Set([key]));
    else group.add(key);
  }
  const places = new Map<string, Point>();
  for (const group of groups.values()) {
    const fresh = placeItems(withoutPlaces(within(items, group)), wires.values());
    const corner = cornerOf(group, boxes);
    const origin = cornerOf(group, fresh);
    for (const [key, { x, y }] of stagePlaces(fresh, items))
      places.set(key, { x: x + corner.x - origin.x, y: y + corner.y - origin.y });
  }
  return places;
}

function withoutPlaces(items: Iterable<OutlineItem>): readonly OutlineItem[] {
  return [...items].map((item) => (item.kind === "stage" ? { ...item, written: null } : item));
}

/** Some boxes and what is inside them. */
function within(items: GraphView["items"], keys: ReadonlySet<string>): readonly OutlineItem[] {
  const inside = new Set(keys);
  // Every item stands after the one it is inside.
  return [...items.values()].filter(({ key, parent }) => {
    if (parent !== null && inside.has(parent)) inside.add(key);
    return inside.has(key);
  });
}

function cornerOf(keys: Iterable<string>, boxes: Placement): Point {
  const own = [...keys].flatMap((key) => boxes.get(key) ?? []);
  return { x: Math.min(...own.map(({ x }) => x)), y: Math.min(...own.map(({ y }) => y)) };
}

/** Arms have no place in the file, nor has a stage whose id an earlier one has. */
function stagePlaces(boxes: Placement, items: GraphView["items"]): ReadonlyMap<string, Point> {
  const places = new Map<string, Point>();
  for (const [key, { x, y }] of boxes) {
    const item = items.get(key);
    if (item?.kind === "stage" && !item.repeated) places.set(key, { x, y });
  }
  return places;
}
