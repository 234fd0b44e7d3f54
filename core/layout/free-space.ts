import { type Axis, type Box, extent } from "./box.ts";

/**
 * Where on `axis` a box can begin, as near as possible to where it is and not before `from`, so that it keeps
 * `gap` from every obstacle.
 */
export function nearestFree(
  box: Box,
  obstacles: readonly Box[],
  rule: { readonly axis: Axis; readonly gap: number; readonly from: number },
): number {
  const other = rule.axis === "x" ? "y" : "x";
  const side = extent(box, other);
  const { start, end } = extent(box, rule.axis);
  const size = end - start;
  const blocked = obstacles
    .filter((obstacle) => {
      const range = extent(obstacle, other);
      return range.start < side.end && side.start < range.end;
    })
    .map((obstacle) => {
      const range = extent(obstacle, rule.axis);
      // Beginning strictly between these, the box would come too near.
      return { after: range.start - rule.gap - size, before: range.end + rule.gap };
    })
    .sort((a, b) => a.after - b.after);

  let best = Number.POSITIVE_INFINITY;
  const offer = (low: number, high: number): void => {
    if (low > high) return;
    const nearest = Math.min(high, Math.max(low, start));
    if (Math.abs(nearest - start) < Math.abs(best - start)) best = nearest;
  };
  let free = rule.from;
  for (const { after, before } of blocked) {
    offer(free, after);
    free = Math.max(free, before);
  }
  offer(free, Number.POSITIVE_INFINITY);
  return best;
}
