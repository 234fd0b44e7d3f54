import type { Box, Point } from "#core/layout";
import { lengthOf } from "./align.ts";

/**
 * Where boxes come to stand, by key, when there is the same space between each two along an axis. The first and the
 * last stay; where there is no room for all, they lie on each other by the same amount. Less than three stay.
 */
export function distributeBoxes(
  boxes: ReadonlyMap<string, Box>,
  direction: "horizontally" | "vertically",
): ReadonlyMap<string, Point> {
  const axis = direction === "horizontally" ? "x" : "y";
  const inOrder = [...boxes].toSorted(
    ([keyA, a], [keyB, b]) => middleOf(a, axis) - middleOf(b, axis) || (keyA < keyB ? -1 : 1),
  );
  const [first] = inOrder;
  const last = inOrder.at(-1);
  if (first === undefined || last === undefined || inOrder.length < 3) return new Map();
  const start = first[1][axis];
  const end = last[1][axis] + lengthOf(last[1], axis);
  const filled = inOrder.reduce((sum, [, box]) => sum + lengthOf(box, axis), 0);
  const gap = (end - start - filled) / (inOrder.length - 1);
  const places = new Map<string, Point>();
  let at = start;
  for (const [key, box] of inOrder) {
    places.set(key, { x: box.x, y: box.y, [axis]: Math.round(at) });
    at += lengthOf(box, axis) + gap;
  }
  return places;
}

function middleOf(box: Box, axis: "x" | "y"): number {
  return box[axis] + lengthOf(box, axis) / 2;
}
