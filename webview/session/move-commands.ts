import type { CanvasEdit } from "#core/pipeline";
import type { GraphView } from "../graph/graph-view.ts";
import { withOthersHeld } from "../graph/hold-still.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { editableStage, stageItem } from "./stage-of-key.ts";

/**
 * Moves stages to new places, by key, in one edit. What stands in a moved container by a position of its own moves
 * with it; nothing else moves.
 */
export function moveStages(session: CanvasSession, targets: ReadonlyMap<string, Point>): void {
  const moves = movesTo(session, targets);
  if (moves !== null && moves.length > 0) session.edit({ kind: "move-stages", moves });
}

/** The moves of the file that bring stages to places, by key; null where one of them cannot be moved, which is told. */
export function movesTo(
  session: CanvasSession,
  targets: ReadonlyMap<string, Point>,
): Extract<CanvasEdit, { kind: "move-stages" }>["moves"] | null {
  const { document } = session.store.get();
  if (document === null) return null;
  const { graph } = document;
  const places = new Map<string, Point>();
  for (const [key, { x, y }] of targets) {
    const stage = editableStage(session, key);
    const box = graph.boxes.get(key);
    if (stage === null || box === undefined) return null;
    const delta = { x: Math.round(x) - Math.round(box.x), y: Math.round(y) - Math.round(box.y) };
    if (delta.x === 0 && delta.y === 0) continue;
    places.set(key, { x, y });
    if (!stage.container) continue;
    for (const { key: inner, written } of stagesInside(graph, key)) {
      if (written === null || targets.has(inner)) continue;
      places.set(inner, { x: written.x + delta.x, y: written.y + delta.y });
    }
  }
  if (places.size === 0) return [];
  return [...withOthersHeld(graph, places)].flatMap(([key, { x, y }]) => {
    const stage = stageItem(session, key);
    return stage === null ? [] : [{ stage: stage.card.id, x: Math.round(x), y: Math.round(y) }];
  });
}

/** Moves stages by some pixels, for the keyboard. */
export function nudgeStages(session: CanvasSession, stages: readonly StageItem[], by: Point): void {
  const boxes = session.store.get().document?.graph.boxes;
  const targets = new Map<string, Point>();
  for (const { key } of stages) {
    const box = boxes?.get(key);
    if (box !== undefined) targets.set(key, { x: box.x + by.x, y: box.y + by.y });
  }
  moveStages(session, targets);
  const [first] = targets.keys();
  const now = session.store.get().document?.graph.boxes.get(first ?? "");
  const before = boxes?.get(first ?? "");
  if (now === undefined || (now.x === before?.x && now.y === before.y)) return;
  session.announce(`Now at ${Math.round(now.x)}, ${Math.round(now.y)}.`);
}

function stagesInside(graph: GraphView, key: string): readonly StageItem[] {
  const inside = new Set([key]);
  const stages: StageItem[] = [];
  // Every item stands after the one it is inside.
  for (const item of graph.items.values()) {
    if (item.parent === null || !inside.has(item.parent)) continue;
    inside.add(item.key);
    if (item.kind === "stage") stages.push(item);
  }
  return stages;
}
