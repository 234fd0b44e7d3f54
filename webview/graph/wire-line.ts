import type { Box, Point } from "#core/layout";
import { type GraphView, into, outOf } from "./graph-view.ts";
import type { Wire } from "./wires.ts";

/** The line of a wire: a path, and where its label stands. */
export interface WireLine {
  readonly path: string;
  readonly label: Point;
}

/** How far a line that has to turn back goes out before it does, as a part of the root of the way: React Flow's. */
const CURVATURE = 0.3;

/** A curve from the right of one box to the left of another, as React Flow draws it. */
export function wireLine(from: Point, to: Point): WireLine {
  const out = reach(to.x - from.x);
  const [x1, x2] = [from.x + out, to.x - out];
  return {
    path: `M${from.x},${from.y} C${x1},${from.y} ${x2},${to.y} ${to.x},${to.y}`,
    // The middle of the curve.
    label: { x: (from.x + 3 * x1 + 3 * x2 + to.x) / 8, y: (from.y + to.y) / 2 },
  };
}

/** The smallest box that is sure to hold a wire's line, in the graph; null when one of its ends has no place. */
export function lineBounds({ boxes }: Pick<GraphView, "boxes">, wire: Wire): Box | null {
  const start = boxes.get(wire.from);
  const end = boxes.get(wire.to);
  if (start === undefined || end === undefined) return null;
  const [from, to] = [outOf(start), into(end)];
  const out = to.x < from.x ? reach(to.x - from.x) : 0;
  const x = Math.min(from.x, to.x - out);
  const y = Math.min(from.y, to.y);
  return { x, y, width: Math.max(to.x, from.x + out) - x, height: Math.max(from.y, to.y) - y };
}

/** How far the ends of a line go straight on; `way` is how far it goes to the right. */
function reach(way: number): number {
  return way >= 0 ? way / 2 : CURVATURE * 25 * Math.sqrt(-way);
}
