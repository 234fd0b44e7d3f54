import type { Box, Point } from "#core/layout";
import { type Alignment, alignBoxes } from "../graph/align.ts";
import { distributeBoxes } from "../graph/distribute.ts";
import type { GraphView } from "../graph/graph-view.ts";
import { tidyGraph, tidyStages } from "../graph/tidy.ts";
import { outermostOf } from "../graph/together.ts";
import { selectedStages } from "../model/selection.ts";
import type { CanvasSession } from "./canvas-session.ts";
import { moveStages } from "./move-commands.ts";

/** Aligns the selected stages, in one edit. */
export function alignSelection(session: CanvasSession, alignment: Alignment): void {
  const chosen = selectedBoxes(session, 2, "Select the stages to align: two or more.");
  if (chosen !== null) arrange(session, alignBoxes(chosen, alignment));
}

/** Puts the same space between the selected stages, in one edit. */
export function distributeSelection(session: CanvasSession, direction: "horizontally" | "vertically"): void {
  const chosen = selectedBoxes(session, 3, "Select the stages to distribute: three or more.");
  if (chosen !== null) arrange(session, distributeBoxes(chosen, direction));
}

/** Lays out the selected stages anew where several are selected, else all, wherever they were put; in one edit. */
export function tidyLayout(session: CanvasSession): void {
  const selected = selectedStages(session.store.get()).map(({ key }) => key);
  const graph = selected.length > 1 ? graphToTidy(session) : null;
  if (selected.length <= 1) tidyAll(session);
  else if (graph !== null)
    session.tidier.tidy(tidyStages(graph, selected), (places) => arrange(session, places));
}

/** Lays out all stages anew, wherever they were put, in one edit. */
export function tidyAll(session: CanvasSession): void {
  const graph = graphToTidy(session);
  if (graph === null) return;
  session.tidier.tidy([tidyGraph(graph)], (places) => {
    arrange(session, places);
    session.order({ kind: "fit" });
  });
}

/** The graph, once it stands where it is to stand first; until then that is told. */
function graphToTidy(session: CanvasSession): GraphView | null {
  const graph = session.store.get().document?.graph ?? null;
  if (graph?.layout.kind !== "awaited") return graph;
  session.tell("information", "The pipeline is still being laid out.");
  return null;
}

function arrange(session: CanvasSession, places: ReadonlyMap<string, Point>): void {
  const { document } = session.store.get();
  if (document === null) return;
  if (moves(document.graph, places)) moveStages(session, places);
  else session.tell("information", "Nothing to move: the stages already stand like that.");
}

function moves({ boxes }: GraphView, places: ReadonlyMap<string, Point>): boolean {
  return [...places].some(([key, { x, y }]) => {
    const box = boxes.get(key);
    return box !== undefined && (Math.round(box.x) !== Math.round(x) || Math.round(box.y) !== Math.round(y));
  });
}

function selectedBoxes(
  session: CanvasSession,
  least: number,
  otherwise: string,
): ReadonlyMap<string, Box> | null {
  const model = session.store.get();
  const { graph } = model.document ?? {};
  const keys = selectedStages(model).map(({ key }) => key);
  const boxes = new Map<string, Box>();
  for (const key of graph === undefined ? [] : outermostOf(graph.items, keys)) {
    const box = graph?.boxes.get(key);
    if (box !== undefined) boxes.set(key, box);
  }
  if (boxes.size >= least) return boxes;
  session.tell("error", otherwise);
  return null;
}
