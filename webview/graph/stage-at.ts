import type { GraphView } from "./graph-view.ts";
import type { Point } from "./spatial-index.ts";

/** The key of the stage at a point of the graph that holds no others; null where there is none. */
export function leafStageAt({ items, boxes }: GraphView, { x, y }: Point): string | null {
  for (const item of items.values()) {
    const box = boxes.get(item.key);
    if (item.kind !== "stage" || item.container || box === undefined) continue;
    if (x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height) return item.key;
  }
  return null;
}
