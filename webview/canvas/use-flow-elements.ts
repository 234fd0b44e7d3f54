import { type ReactFlowState, useStore } from "@xyflow/react";
import { useCallback, useMemo, useState } from "react";
import type { Box } from "#core/layout";
import { emptyGraph, type GraphView } from "../graph/graph-view.ts";
import type { Point } from "../graph/spatial-index.ts";
import { farWindow, sameWindow, viewWindow } from "../graph/view-window.ts";
import type { Wire } from "../graph/wires.ts";
import { useModel } from "../session/session-context.tsx";
import { createFlowElementFactory, type FlowElements, visibleElements } from "./flow-elements.ts";

/** With more boxes than this around the view, and so far away that no name can be read, they are painted instead. */
const FAR_BOXES = 250;
const FAR_ZOOM = 0.35;

/** What is drawn now: React Flow's nodes and edges, the wires that are only lines, and what is painted from afar. */
export interface DrawnGraph extends FlowElements {
  readonly wires: readonly Wire[];
  readonly far: FarScene | null;
}

/** A part of the graph with too many boxes for elements of the page. */
export interface FarScene {
  readonly graph: GraphView;
  readonly part: Box;
  /** Of boxes and wires. */
  readonly keys: readonly string[];
}

/** The part of the graph that is in view, as elements or from afar. */
export function useFlowElements(drags: ReadonlyMap<string, Point>): DrawnGraph {
  const graph = useModel(({ document }) => document?.graph ?? emptyGraph);
  const selection = useModel((model) => model.selection);
  const focus = useModel((model) => model.focus);
  const shown = useStore(windowOf, sameWindow);
  const { bounds } = graph;
  const farPart = useStore(
    useCallback((state: ReactFlowState) => farPartOf(state, bounds), [bounds]),
    sameWindow,
  );
  const [factory] = useState(createFlowElementFactory);
  const far = useMemo(() => (farPart === null ? null : farScene(graph, farPart)), [graph, farPart]);
  // From afar the view is no reason to draw an element, so none of its changes is.
  const near = far === null ? shown : null;
  const { wire } = selection;
  // Other places of the same boxes change nothing here.
  const dragged = [...drags.keys()].join(" ");
  const visible = useMemo(() => {
    const boxes = [...(focus === null ? [] : [focus]), ...(dragged === "" ? [] : dragged.split(" "))];
    return visibleElements(graph, near, { boxes, wire });
  }, [graph, near, focus, wire, dragged]);
  const elements = useMemo(
    () => factory.build(graph, visible, selection, drags),
    [factory, graph, visible, selection, drags],
  );
  return { ...elements, wires: visible.wires, far };
}

/** The part of the graph that the pane shows now. */
export function windowOf({ transform: [x, y, zoom], width, height }: ReactFlowState): Box | null {
  return viewWindow({ x, y, zoom }, width, height);
}

function farPartOf(
  { transform: [x, y, zoom], width, height }: ReactFlowState,
  bounds: Box | null,
): Box | null {
  return zoom >= FAR_ZOOM || bounds === null ? null : farWindow({ x, y, zoom }, width, height, bounds);
}

function farScene(graph: GraphView, part: Box): FarScene | null {
  const keys = [...graph.index.within(part)];
  const boxes = keys.filter((key) => graph.items.has(key)).length;
  return boxes > FAR_BOXES ? { graph, part, keys } : null;
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
