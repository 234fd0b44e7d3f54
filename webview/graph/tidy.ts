import type { Point } from "#core/layout";
import type { GraphView } from "./graph-view.ts";
import type { OutlineItem } from "./outline.ts";
import { type LayoutPlan, type Placement, planLayout } from "./place.ts";
import { outermostOf } from "./together.ts";

/** A layout to be done, and where it has the stages come to stand. */
export interface Tidying {
  readonly plan: LayoutPlan;
  /** Where every stage stands, by key, with what is inside them. */
  placesIn(fresh: Placement): ReadonlyMap<string, Point>;
}

/** All stages as in a file without positions: as in a graph that nobody has arranged. */
export function tidyGraph({ items, layout }: GraphView): Tidying {
  return { plan: layout.plan, placesIn: (fresh) => stagePlaces(fresh, items) };
}

/**
 * Some stages laid out for themselves, a layout for each container that they are in. Those of one container keep their
 * top left corner together; the other stages are not looked at.
 */
export function tidyStages(graph: GraphView, keys: Iterable<string>): readonly Tidying[] {
  const { items, wires, boxes } = graph;
  const groups = new Map<string | null, Set<string>>();
  for (const key of outermostOf(items, keys)) {
    const parent = items.get(key)?.parent ?? null;
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, new Set([key]));
    else group.add(key);
  }
  return [...groups.values()].map((group) => ({
    plan: planLayout(within(items, group), wires.values()),
    placesIn(fresh) {
      const corner = cornerOf(group, boxes);
      const origin = cornerOf(group, fresh);
      const by = { x: corner.x - origin.x, y: corner.y - origin.y };
      return new Map(
        [...stagePlaces(fresh, items)].map(([key, { x, y }]) => [key, { x: x + by.x, y: y + by.y }]),
      );
    },
  }));
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
  return {
    x: own.reduce((least, { x }) => Math.min(least, x), Number.POSITIVE_INFINITY),
    y: own.reduce((least, { y }) => Math.min(least, y), Number.POSITIVE_INFINITY),
  };
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
