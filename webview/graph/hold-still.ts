import type { Box, Point } from "#core/layout";
import type { GraphView } from "./graph-view.ts";
import type { OutlineItem } from "./outline.ts";
import { placeItems, writtenPlaces } from "./place.ts";

/**
 * The moves (by key, to where) and with them the places of those stages that they would otherwise carry along: one
 * without a position of its own that stands beside its neighbours, or that would do so once so many have one.
 * What a moved stage holds still moves with it, and arms make room for one that grows. While the layout is awaited
 * none has a place to be held at.
 */
export function withOthersHeld(
  { items, boxes, layout }: GraphView,
  moves: ReadonlyMap<string, Point>,
): ReadonlyMap<string, Point> {
  if (layout.kind === "awaited") return moves;
  const all = new Map(moves);
  const around = boxesAround(items, moves.keys());
  for (;;) {
    const written = [...items.values()].map((item) => {
      const place = all.get(item.key);
      return item.kind === "stage" && place !== undefined ? { ...item, written: place } : item;
    });
    const after = placeItems(layout.plan, writtenPlaces(written), layout.fresh);
    // Each of these moves with what it is inside, or must.
    const carried = new Set(all.keys());
    const before = all.size;
    for (const item of written) {
      const { key, parent } = item;
      if (parent !== null && carried.has(parent)) carried.add(key);
      if (carried.has(key) || around.has(key)) continue;
      if (item.kind === "arm") {
        if (around.has(item.parent)) carried.add(key);
        continue;
      }
      const box = boxes.get(key);
      if (item.repeated || box === undefined || samePlace(box, after.get(key))) continue;
      all.set(key, { x: box.x, y: box.y });
      carried.add(key);
    }
    if (all.size === before) return all;
  }
}

/** The containers and arms that some stages are in. */
function boxesAround(items: ReadonlyMap<string, OutlineItem>, keys: Iterable<string>): ReadonlySet<string> {
  const around = new Set<string>();
  for (const key of keys) {
    for (let at = items.get(key)?.parent; at != null; at = items.get(at)?.parent) around.add(at);
  }
  return around;
}

function samePlace(a: Box, b: Box | undefined): boolean {
  return a.x === b?.x && a.y === b.y;
}
