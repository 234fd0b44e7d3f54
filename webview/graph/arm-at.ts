import type { GraphView } from "./graph-view.ts";
import type { ArmItem } from "./outline.ts";
import type { Point } from "./spatial-index.ts";

/** The arm of a container (its key) that is drawn at a point of the graph; null where there is none. */
export function armAt({ items, boxes }: GraphView, owner: string, { x, y }: Point): ArmItem | null {
  for (const item of items.values()) {
    const box = boxes.get(item.key);
    if (item.kind !== "arm" || item.parent !== owner || box === undefined) continue;
    if (x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height) return item;
  }
  return null;
}
