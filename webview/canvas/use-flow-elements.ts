import { type ReactFlowState, useStore } from "@xyflow/react";
import { useMemo, useState } from "react";
import { emptyGraph, type GraphView } from "../graph/graph-view.ts";
import type { CellRange, Point } from "../graph/spatial-index.ts";
import { sameRange, viewWindow } from "../graph/view-window.ts";
import { useModel } from "../session/session-context.tsx";
import { createFlowElementFactory, type FlowElements, visibleElements } from "./flow-elements.ts";

/** With more boxes than this in view, and so far away that no name can be read, they are painted instead. */
const FAR_BOXES = 250;
const FAR_ZOOM = 0.35;

/** What is drawn now: React Flow's nodes and edges, and what is painted from afar. */
export interface DrawnGraph extends FlowElements {
  readonly far: FarScene | null;
}

/** A part of the graph with too many boxes for elements of the page. */
export interface FarScene {
  readonly graph: GraphView;
  readonly range: CellRange;
  /** Of boxes and wires. */
  readonly keys: readonly string[];
}

/** The part of the graph that is in view, as elements or from afar. */
export function useFlowElements(drags: ReadonlyMap<string, Point>): DrawnGraph {
  const range = useStore(rangeOf, sameRange);
  const isFar = useStore((state) => state.transform[2] < FAR_ZOOM);
  const graph = useModel(({ document }) => document?.graph ?? emptyGraph);
  const selection = useModel((model) => model.selection);
  const focus = useModel((model) => model.focus);
  const [factory] = useState(createFlowElementFactory);
  const far = useMemo(() => (range !== null && isFar ? farScene(graph, range) : null), [graph, range, isFar]);
  const visible = useMemo(
    () => (range === null ? null : visibleElements(graph, far === null ? range : nowhere, focus)),
    [graph, range, far, focus],
  );
  const elements = useMemo(
    () => (visible === null ? nothing : factory.build(graph, visible, selection, drags)),
    [factory, graph, visible, selection, drags],
  );
  return { ...elements, far };
}

const nothing: FlowElements = { nodes: [], edges: [] };
const nowhere: CellRange = { left: 0, top: 0, right: -1, bottom: -1 };

/** The cells that the pane shows now. */
export function rangeOf({ transform: [x, y, zoom], width, height }: ReactFlowState): CellRange | null {
  return viewWindow({ x, y, zoom }, width, height);
}

function farScene(graph: GraphView, range: CellRange): FarScene | null {
  const keys = [...graph.index.within(range)];
  const boxes = keys.filter((key) => graph.items.has(key)).length;
  return boxes > FAR_BOXES ? { graph, range, keys } : null;
}

/** The stage of a far scene under a point of the graph, the innermost one; null where there is none. */
export function farStageAt({ graph, keys }: FarScene, { x, y }: Point): string | null {
  let found: string | null = null;
  let size = Number.POSITIVE_INFINITY;
  for (const key of keys) {
    const box = graph.boxes.get(key);
    if (box === undefined || graph.items.get(key)?.kind !== "stage") continue;
    if (x < box.x || y < box.y || x > box.x + box.width || y > box.y + box.height) continue;
    if (box.width * box.height < size) {
      found = key;
      size = box.width * box.height;
    }
  }
  return found;
}
