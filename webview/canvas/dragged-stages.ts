import type { Point } from "../graph/spatial-index.ts";
import type { CanvasModel } from "../model/canvas-model.ts";
import type { FlowNode } from "./flow-elements.ts";

/** The stage that the pointer has, and all that go with it. */
export function draggedNodes(rest: readonly (FlowNode | FlowNode[])[]): {
  readonly grabbed: string | null;
  readonly dragged: readonly FlowNode[];
} {
  const [first] = rest;
  const nodes = rest.at(-1);
  const dragged = Array.isArray(nodes) ? nodes : [];
  const grabbed = Array.isArray(first) ? first[0] : first;
  return { grabbed: grabbed?.id ?? null, dragged };
}

/** Places of stages as React Flow counts them, from the box around each. */
export function draggedBy(
  { document }: CanvasModel,
  keys: readonly string[],
  by: Point,
): ReadonlyMap<string, Point> {
  const places = keys.flatMap((key): readonly (readonly [string, Point])[] => {
    const box = document?.graph.boxes.get(key);
    const parent = document?.graph.items.get(key)?.parent ?? null;
    const around = parent === null ? undefined : document?.graph.boxes.get(parent);
    if (box === undefined) return [];
    return [[key, { x: box.x - (around?.x ?? 0) + by.x, y: box.y - (around?.y ?? 0) + by.y }]];
  });
  return new Map(places);
}

/** Where the dragged stages, and the selected ones that are too far away to be drawn, belong now. */
export function targetsOf(
  { document, selection }: CanvasModel,
  dragged: readonly FlowNode[],
): ReadonlyMap<string, Point> {
  const targets = new Map<string, Point>();
  if (document === null) return targets;
  const { boxes, items } = document.graph;
  let delta: Point = { x: 0, y: 0 };
  const draggedKeys = new Set(dragged.map(({ id }) => id));
  for (const { id, position } of dragged) {
    const item = items.get(id);
    const box = boxes.get(id);
    if (item?.kind !== "stage" || box === undefined) continue;
    const parentBox = item.parent === null ? undefined : boxes.get(item.parent);
    const place = { x: position.x + (parentBox?.x ?? 0), y: position.y + (parentBox?.y ?? 0) };
    delta = { x: place.x - box.x, y: place.y - box.y };
    targets.set(id, place);
  }
  // A drag of one stage that is not selected moves that one alone.
  const together = dragged.some(({ id }) => selection.stages.has(id));
  for (const key of together ? selection.stages : []) {
    const box = boxes.get(key);
    if (draggedKeys.has(key) || box === undefined || hasAncestorIn(items, key, selection.stages)) continue;
    targets.set(key, { x: box.x + delta.x, y: box.y + delta.y });
  }
  return targets;
}

function hasAncestorIn(
  items: ReadonlyMap<string, { readonly parent: string | null }>,
  key: string,
  keys: ReadonlySet<string>,
): boolean {
  for (let at = items.get(key)?.parent; at != null; at = items.get(at)?.parent) if (keys.has(at)) return true;
  return false;
}
