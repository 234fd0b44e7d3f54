import { type Box, connectionCorners } from "#core/layout";
import { type GraphView, into, outOf } from "./graph-view.ts";
import type { Wire } from "./wires.ts";

/** The smallest box that is sure to hold a wire's line, in the graph; null when one of its ends has no place. */
export function lineBounds({ boxes }: Pick<GraphView, "boxes">, wire: Wire): Box | null {
  const start = boxes.get(wire.from);
  const end = boxes.get(wire.to);
  if (start === undefined || end === undefined) return null;
  const corners = connectionCorners(outOf(start), into(end));
  const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
