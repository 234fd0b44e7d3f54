import { type ReactFlowState, useStore } from "@xyflow/react";
import { useMemo, useState } from "react";
import { emptyGraph } from "../graph/graph-view.ts";
import type { CellRange, Point } from "../graph/spatial-index.ts";
import { sameRange, viewWindow } from "../graph/view-window.ts";
import { useModel } from "../session/session-context.tsx";
import { createFlowElementFactory, type FlowElements, visibleElements } from "./flow-elements.ts";

/** React Flow's nodes and edges for what is in view now. */
export function useFlowElements(drags: ReadonlyMap<string, Point>): FlowElements {
  const range = useStore(rangeOf, sameRange);
  const graph = useModel(({ document }) => document?.graph ?? emptyGraph);
  const selection = useModel((model) => model.selection);
  const focus = useModel((model) => model.focus);
  const [factory] = useState(createFlowElementFactory);
  const visible = useMemo(
    () => (range === null ? null : visibleElements(graph, range, focus)),
    [graph, range, focus],
  );
  return useMemo(
    () => (visible === null ? nothing : factory.build(graph, visible, selection, drags)),
    [factory, graph, visible, selection, drags],
  );
}

const nothing: FlowElements = { nodes: [], edges: [] };

function rangeOf({ transform: [x, y, zoom], width, height }: ReactFlowState): CellRange | null {
  return viewWindow({ x, y, zoom }, width, height);
}
