import type { PlacedAnnotation } from "../graph/annotations.ts";
import type { GraphView } from "../graph/graph-view.ts";
import { into, outOf } from "../graph/graph-view.ts";
import type { OutlineItem } from "../graph/outline.ts";
import type { CanvasModel } from "../model/canvas-model.ts";
import type { Palette } from "./use-palette.ts";

/** A rectangle of the graph and how large it is painted. */
export interface PaintArea {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** What is painted besides the graph itself. */
export type PaintMarks = Pick<CanvasModel, "run" | "selection"> & {
  /** Notes and groups, as far as they are not there as elements. */
  readonly annotations: readonly PlacedAnnotation[];
};

/** Paints boxes and wires, small: no names. Only what is given is painted, in that order. */
export function paintGraph(
  context: CanvasRenderingContext2D,
  graph: GraphView,
  keys: Iterable<string>,
  area: PaintArea,
  marks: PaintMarks,
  palette: Palette,
): void {
  const { scale } = area;
  context.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
  const boxes: OutlineItem[] = [];
  for (const item of marks.annotations) paintAnnotation(context, item, scale, palette);
  context.beginPath();
  for (const key of keys) {
    const item = graph.items.get(key);
    if (item !== undefined) boxes.push(item);
    const wire = graph.wires.get(key);
    const start = wire && graph.boxes.get(wire.from);
    const end = wire && graph.boxes.get(wire.to);
    if (start === undefined || end === undefined) continue;
    const from = outOf(start);
    const to = into(end);
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.lineWidth = Math.max(1, 1 / scale) * 0.75;
  context.strokeStyle = palette("--fm-wire");
  context.stroke();
  // What holds others lies under them.
  for (const item of boxes) if (isHolder(item)) paintBox(context, graph, item, scale, marks, palette);
  for (const item of boxes) if (!isHolder(item)) paintBox(context, graph, item, scale, marks, palette);
}

function paintAnnotation(
  context: CanvasRenderingContext2D,
  { kind, color, box: { x, y, width, height } }: PlacedAnnotation,
  scale: number,
  palette: Palette,
): void {
  const usual = kind === "note" ? "--fm-color-yellow" : "--fm-text-dim";
  const painted = palette(color === null ? usual : `--fm-color-${color}`);
  context.globalAlpha = kind === "note" ? 0.4 : 0.12;
  context.fillStyle = painted;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 0.8;
  context.lineWidth = 1 / scale;
  context.strokeStyle = painted;
  context.strokeRect(x, y, width, height);
  context.globalAlpha = 1;
}

function isHolder(item: OutlineItem): boolean {
  return item.kind === "arm" || item.container;
}

function paintBox(
  context: CanvasRenderingContext2D,
  graph: GraphView,
  item: OutlineItem,
  scale: number,
  { run, selection }: PaintMarks,
  palette: Palette,
): void {
  const box = graph.boxes.get(item.key);
  if (box === undefined || item.kind === "arm") return;
  const { id, color } = item.card;
  const status = run.stoppedAt === id ? "stopped" : run.stages.get(id)?.status;
  const { x, y, width, height } = box;
  context.fillStyle = palette("--fm-stage-background");
  context.fillRect(x, y, width, height);
  if (!item.container || status !== undefined) {
    context.globalAlpha = status === undefined ? 0.55 : 0.9;
    context.fillStyle = palette(status === undefined ? `--fm-color-${color}` : `--fm-status-${status}`);
    context.fillRect(x, y, item.container ? 8 / Math.max(scale, 0.1) : width, height);
    context.globalAlpha = 1;
  }
  const selected = selection.stages.has(item.key);
  if (!selected && !item.container) return;
  context.lineWidth = (selected ? 2 : 1) / scale;
  context.strokeStyle = palette(selected ? "--fm-focus" : "--fm-stage-border");
  context.strokeRect(x, y, width, height);
}
