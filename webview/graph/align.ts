import type { Box, Point } from "#core/layout";
import { NODE_GAP } from "./sizes.ts";

/** What is to be the same for all of some boxes: an edge, or the middle from left to right or from top to bottom. */
export type Alignment = "left" | "centre" | "right" | "top" | "middle" | "bottom";

/**
 * Where boxes come to stand, by key, when they are aligned to the outermost of them, or to the middle of them all.
 * Those that would then lie on each other make room along the line, in the order they have there.
 */
export function alignBoxes(
  boxes: ReadonlyMap<string, Box>,
  alignment: Alignment,
): ReadonlyMap<string, Point> {
  const across = alignment === "left" || alignment === "centre" || alignment === "right" ? "x" : "y";
  const along = across === "x" ? "y" : "x";
  const all = [...boxes];
  const from = Math.min(...all.map(([, box]) => box[across]));
  const to = Math.max(...all.map(([, box]) => box[across] + lengthOf(box, across)));
  const places = new Map<string, Point>();
  let free = Number.NEGATIVE_INFINITY;
  const inOrder = all.toSorted(
    ([keyA, a], [keyB, b]) => a[along] - b[along] || a[across] - b[across] || (keyA < keyB ? -1 : 1),
  );
  for (const [key, box] of inOrder) {
    const length = lengthOf(box, across);
    const start = startFor(alignment, from, to, length);
    const beside = box[along] < free ? free + NODE_GAP : box[along];
    free = beside + lengthOf(box, along);
    places.set(key, across === "x" ? { x: start, y: beside } : { x: beside, y: start });
  }
  return places;
}

/** How long a box is along an axis. */
export function lengthOf({ width, height }: Box, axis: "x" | "y"): number {
  return axis === "x" ? width : height;
}

function startFor(alignment: Alignment, from: number, to: number, length: number): number {
  switch (alignment) {
    case "left":
    case "top":
      return from;
    case "right":
    case "bottom":
      return to - length;
    case "centre":
    case "middle":
      return Math.round((from + to - length) / 2);
  }
}
