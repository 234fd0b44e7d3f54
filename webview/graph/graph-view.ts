import { type Box, connectionCorners } from "#core/layout";
import { type PipelineDocument, pipelineGraph } from "#core/pipeline";
import {
  isSameBox,
  noAnnotations,
  type PlacedAnnotations,
  placeAnnotations,
  unionOf,
} from "./annotations.ts";
import { boxesMeanwhile, emptyLayout, type GraphLayout, layoutFor } from "./graph-layout.ts";
import { isSameMark, type MarkSource } from "./inherited-mark.ts";
import { type OutlineItem, outlineOf } from "./outline.ts";
import {
  type LayoutPlan,
  layerGap,
  layOut,
  needsLayout,
  type Placement,
  placeItems,
  planLayout,
  writtenPlaces,
} from "./place.ts";
import { createSpatialIndex, type SpatialIndex } from "./spatial-index.ts";
import { type Wire, wiresOf } from "./wires.ts";

/** A document as the canvas draws it. What a change of the text did not touch is the same object as before. */
export interface GraphView {
  /** By key, every box after the one it is inside. */
  readonly items: ReadonlyMap<string, OutlineItem>;
  readonly wires: ReadonlyMap<string, Wire>;
  /** By stage id; of repeated ids, the first. */
  readonly keyOf: ReadonlyMap<string, string>;
  readonly boxes: Placement;
  readonly layout: GraphLayout;
  /** The smallest box around everything; null when there is nothing. */
  readonly bounds: Box | null;
  readonly annotations: PlacedAnnotations;
  /** Finds boxes and wires (by their ids) by place. */
  readonly index: SpatialIndex;
}

/** The view of a document without stages. */
export const emptyGraph: GraphView = {
  items: new Map(),
  wires: new Map(),
  keyOf: new Map(),
  boxes: new Map(),
  layout: emptyLayout,
  bounds: null,
  annotations: noAnnotations,
  index: createSpatialIndex(),
};

/**
 * Draws up the view of `document`; places are worked out anew only when something has come, gone or moved. The layout
 * of a large graph is awaited then, and comes by {@link settledGraph}. `marks` tell stages that it inherits from its own.
 */
export function graphView(
  document: PipelineDocument,
  previous: GraphView,
  marks: MarkSource | null = null,
): GraphView {
  const graph = pipelineGraph(document);
  const outline = outlineOf(document, graph, marks);
  const items = new Map(
    outline.items.map((item) => [item.key, sameItem(previous.items.get(item.key), item)]),
  );
  const wires = wiresOf(graph, outline, previous.wires);
  const { keyOf } = outline;
  const isPlanned =
    sameStructure(items, previous.items, isSamePart) &&
    sameKeys(wires, previous.wires) &&
    layerGap(wires.values()) === previous.layout.plan.layerGap;
  if (isPlanned && sameStructure(items, previous.items, isSamePlace)) {
    return annotated(document, { ...previous, items, wires, keyOf }, previous);
  }
  const plan = isPlanned ? previous.layout.plan : planLayout(items.values(), wires.values());
  const layout = layoutFor(plan, writtenPlaces(items.values()), isPlanned ? previous.layout : null);
  return annotated(document, placed({ items, wires, keyOf, layout }, previous), previous);
}

/** The view once the layout of `plan` is there: the same one when it was not that which it waits for. */
export function settledGraph(
  document: PipelineDocument,
  graph: GraphView,
  { plan, fresh }: { readonly plan: LayoutPlan; readonly fresh: Placement },
): GraphView {
  if (graph.layout.kind === "settled" || graph.layout.plan !== plan) return graph;
  return annotated(document, placed({ ...graph, layout: { kind: "settled", plan, fresh } }, graph), graph);
}

/** The view of boxes and wires that are no document's, without notes, laid out at once however many they are. */
export function viewOf({ items, wires, keyOf }: Omit<Unplaced, "layout">): GraphView {
  const plan = planLayout(items.values(), wires.values());
  const fresh = needsLayout(plan, writtenPlaces(items.values())) ? layOut(plan) : null;
  const view = placed({ items, wires, keyOf, layout: { kind: "settled", plan, fresh } }, emptyGraph);
  return { ...view, annotations: noAnnotations, bounds: unionOf(view.boxes.values()) };
}

type Unplaced = Pick<GraphView, "items" | "wires" | "keyOf" | "layout">;

function placed(
  { items, wires, keyOf, layout }: Unplaced,
  previous: GraphView,
): Omit<GraphView, "bounds" | "annotations"> {
  const written = writtenPlaces(items.values());
  const next =
    layout.kind === "awaited"
      ? boxesMeanwhile(layout.plan, written, previous.boxes)
      : placeItems(layout.plan, written, layout.fresh);
  const boxes = withoutCopies(next, previous.boxes);
  const index = createSpatialIndex();
  for (const [key, box] of boxes) index.addBox(key, box);
  for (const { id, from, to } of wires.values()) {
    const start = boxes.get(from);
    const end = boxes.get(to);
    if (start === undefined || end === undefined) continue;
    const corners = connectionCorners(outOf(start), into(end));
    for (const [at, corner] of corners.entries()) index.addLine(id, corners[at - 1] ?? corner, corner);
  }
  return { items, wires, keyOf, layout, boxes, index };
}

/** The view with what is drawn around its boxes, which `bounds` hold too. */
function annotated(
  document: PipelineDocument,
  view: Omit<GraphView, "bounds" | "annotations">,
  previous: GraphView,
): GraphView {
  const stages = unionOf(view.boxes.values());
  const boxOf = (stage: string): Box | undefined => view.boxes.get(view.keyOf.get(stage) ?? "");
  const annotations = placeAnnotations(document, boxOf, stages, previous.annotations);
  const around = stages === null ? null : unionOf([stages, ...annotations.all.map(({ box }) => box)]);
  const isKept = around !== null && previous.bounds !== null && isSameBox(around, previous.bounds);
  return { ...view, annotations, bounds: isKept ? previous.bounds : around };
}

/** Where wires leave a box. */
export function outOf(box: Box): { readonly x: number; readonly y: number } {
  return { x: box.x + box.width, y: box.y + box.height / 2 };
}

/** Where wires enter a box. */
export function into(box: Box): { readonly x: number; readonly y: number } {
  return { x: box.x, y: box.y + box.height / 2 };
}

function sameItem(previous: OutlineItem | undefined, item: OutlineItem): OutlineItem {
  if (previous === undefined || !isSamePlace(previous, item)) return item;
  if (previous.kind === "stage" && item.kind === "stage") {
    const isSame = previous.card === item.card && previous.repeated === item.repeated;
    return isSame && isSameMark(previous.inherited, item.inherited) ? previous : item;
  }
  return previous;
}

/** Whether two items take the same part in the layout, wherever the file has them. */
function isSamePart(a: OutlineItem, b: OutlineItem): boolean {
  if (a.key !== b.key || a.parent !== b.parent || a.kind !== b.kind) return false;
  return a.kind === "arm" || b.kind === "arm" || a.container === b.container;
}

function isSamePlace(a: OutlineItem, b: OutlineItem): boolean {
  if (!isSamePart(a, b)) return false;
  if (a.kind === "arm" || b.kind === "arm") return true;
  return a.written?.x === b.written?.x && a.written?.y === b.written?.y;
}

function sameStructure(
  items: ReadonlyMap<string, OutlineItem>,
  previous: ReadonlyMap<string, OutlineItem>,
  isSame: (a: OutlineItem, b: OutlineItem) => boolean,
): boolean {
  if (items.size !== previous.size) return false;
  const before = previous.values();
  for (const item of items.values()) {
    const other = before.next().value;
    if (other === undefined || (other !== item && !isSame(other, item))) return false;
  }
  return true;
}

function sameKeys(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const key of a.keys()) if (!b.has(key)) return false;
  return true;
}

function withoutCopies(boxes: Placement, previous: Placement): Placement {
  const kept = new Map<string, Box>();
  for (const [key, box] of boxes) {
    const old = previous.get(key);
    kept.set(key, old !== undefined && isSameBox(old, box) ? old : box);
  }
  return kept;
}
