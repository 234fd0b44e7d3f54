import type { Point } from "./box.ts";

/** The line of a connection: an SVG path, and its middle, where a label stands. */
export interface ConnectionLine {
  readonly path: string;
  readonly middle: Point;
}

/** How far a line that turns back goes on before it does, in pixels at zoom 1. */
const OUT = 14;
const RADIUS = 8;
/** Two ends that are less apart than this have no room for a line between their boxes: it goes round below them. */
const BETWEEN = 64;
const BELOW = 52;

/**
 * The line from the right of one box to the left of another: a curve; where that is no way to the right, a line with
 * round corners that goes back between the rows of the two, as a curve would cross both boxes.
 */
export function connectionLine(from: Point, to: Point): ConnectionLine {
  if (!turnsBack(from, to)) {
    const bend = (to.x - from.x) / 2;
    return {
      path: `M${from.x},${from.y} C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`,
      middle: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 },
    };
  }
  const lane = laneOf(from, to);
  const [right, left] = [from.x + OUT, to.x - OUT];
  const [first, second] = [corner(lane - from.y), corner(to.y - lane)];
  return {
    path: [
      `M${from.x},${from.y} H${right - RADIUS} Q${right},${from.y} ${right},${from.y + first}`,
      `V${lane - first} Q${right},${lane} ${right - RADIUS},${lane}`,
      `H${left + RADIUS} Q${left},${lane} ${left},${lane + second}`,
      `V${to.y - second} Q${left},${to.y} ${left + RADIUS},${to.y} H${to.x}`,
    ].join(" "),
    middle: { x: (right + left) / 2, y: lane },
  };
}

/** The ends of a connection's line and where it turns between them, in its order: no part of it is outside of their box. */
export function connectionCorners(from: Point, to: Point): readonly Point[] {
  if (!turnsBack(from, to)) return [from, to];
  const lane = laneOf(from, to);
  const [right, left] = [from.x + OUT, to.x - OUT];
  return [
    from,
    { x: right, y: from.y },
    { x: right, y: lane },
    { x: left, y: lane },
    { x: left, y: to.y },
    to,
  ];
}

function turnsBack(from: Point, to: Point): boolean {
  return to.x < from.x;
}

/** The height at which a line goes back. */
function laneOf(from: Point, to: Point): number {
  return Math.abs(to.y - from.y) < BETWEEN ? Math.max(from.y, to.y) + BELOW : (from.y + to.y) / 2;
}

/** How much of a way up or down a round corner takes. */
function corner(way: number): number {
  return Math.sign(way) * Math.min(RADIUS, Math.abs(way) / 2);
}
