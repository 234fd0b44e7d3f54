import type { Point } from "#core/layout";
import { type GraphView, into, outOf } from "./graph-view.ts";
import type { Wire } from "./wires.ts";

/** Wires that are drawn over the same boxes, with their ends. */
export interface WireLayerLines {
  /** The `z-index` of the layer: over that of the boxes that hold the ends, under that of the ends. */
  readonly level: number;
  readonly lines: readonly { readonly wire: Wire; readonly from: Point; readonly to: Point }[];
}

/** What React Flow lifts a selected box by, with what is in it. */
const LIFTED = 1000;

/**
 * Wires by the layer that they are drawn in. `places` has the boxes that are being dragged, as React Flow counts: from
 * the box around them. A wire of which an end has no place is left out.
 */
export function layersOf(
  { items, boxes }: Pick<GraphView, "items" | "boxes">,
  wires: readonly Wire[],
  places: ReadonlyMap<string, Point>,
  selected: ReadonlySet<string>,
): readonly WireLayerLines[] {
  const moved = (key: string): Point => {
    let [x, y] = [0, 0];
    for (let at: string | null | undefined = key; places.size > 0 && at != null; at = items.get(at)?.parent) {
      const place = places.get(at);
      const box = boxes.get(at);
      const parent = boxes.get(items.get(at)?.parent ?? "");
      if (place === undefined || box === undefined) continue;
      x += place.x + (parent?.x ?? 0) - box.x;
      y += place.y + (parent?.y ?? 0) - box.y;
    }
    return { x, y };
  };
  const levelOf = (key: string): number => {
    let depth = -1;
    let lifted = 0;
    for (let at = items.get(key)?.parent; at != null; at = items.get(at)?.parent) {
      depth += 1;
      if (selected.has(at)) lifted = LIFTED;
    }
    return depth + lifted;
  };
  const layers = new Map<number, WireLayerLines["lines"][number][]>();
  for (const wire of wires) {
    const [start, end] = [boxes.get(wire.from), boxes.get(wire.to)];
    if (start === undefined || end === undefined) continue;
    const [byStart, byEnd] = [moved(wire.from), moved(wire.to)];
    const [from, to] = [outOf(start), into(end)];
    const line = {
      wire,
      from: { x: from.x + byStart.x, y: from.y + byStart.y },
      to: { x: to.x + byEnd.x, y: to.y + byEnd.y },
    };
    const level = Math.max(levelOf(wire.from), levelOf(wire.to));
    const layer = layers.get(level);
    if (layer === undefined) layers.set(level, [line]);
    else layer.push(line);
  }
  return [...layers].map(([level, lines]) => ({ level, lines })).sort((a, b) => a.level - b.level);
}
