import { type ReactFlowInstance, useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import { centreOn, firstView, fitView, isInView, viewAfterResize } from "../graph/fit-view.ts";
import type { Viewport } from "../graph/view-window.ts";
import { stageOfInterest } from "../model/run-view.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { useModel, useSession } from "../session/session-context.tsx";
import type { ViewOrder } from "../session/view-order.ts";
import type { FlowEdge, FlowNode } from "./flow-elements.ts";

type Flow = ReactFlowInstance<FlowNode, FlowEdge>;

/** Sets the first view once there is something to see, then obeys the session's orders. */
export function useView(kept: Viewport | null): void {
  const session = useSession();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const flowStore = useStoreApi();
  const bounds = useModel(({ document }) => document?.graph.bounds ?? null);
  const shown = useRef(false);

  const obey = useCallback(
    (order: ViewOrder) => obeyOrder(flow, session, order, flowStore.getState()),
    [flow, session, flowStore],
  );

  useEffect(() => {
    if (shown.current || width === 0 || height === 0 || bounds === null) return undefined;
    shown.current = true;
    void flow.setViewport(kept ?? firstView(bounds, width, height));
    return undefined;
  }, [flow, kept, width, height, bounds]);

  const seen = useRef({ width: 0, height: 0 });
  useEffect(() => {
    const before = seen.current;
    if (width === 0 || height === 0) return;
    seen.current = { width, height };
    if (before.width === 0 || !shown.current) return;
    const { run, document, selection } = session.store.get();
    if (document?.graph.bounds == null) return;
    const { bounds: graph, boxes, keyOf } = document.graph;
    const viewport = flow.getViewport();
    // A selected stage that was seen stays so, when the inspector opens beside it for one.
    const seenBefore = [...selection.stages].filter((each) => {
      const box = boxes.get(each);
      return box !== undefined && isInView(box, viewport, before.width, before.height);
    });
    void flow.setViewport(viewAfterResize(viewport, graph, before, { width, height }));
    const key = keyOf.get(stageOfInterest(run) ?? "") ?? seenBefore[0];
    if (key !== undefined) obey({ kind: "show", key });
  }, [flow, session, obey, width, height]);

  const ready = width > 0 && height > 0 && bounds !== null;
  useEffect(() => (ready ? session.onOrder(obey) : undefined), [session, obey, ready]);
}

function obeyOrder(
  flow: Flow,
  session: CanvasSession,
  order: ViewOrder,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  const graph = session.store.get().document?.graph;
  const go = (viewport: Viewport): void => void flow.setViewport(viewport, { duration: moveDuration() });
  switch (order.kind) {
    case "fit":
      if (graph?.bounds != null) go(fitView(graph.bounds, width, height));
      return;
    case "zoom":
      void flow.zoomTo(flow.getZoom() * order.factor, { duration: moveDuration() });
      return;
    case "pan": {
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x - order.x, y: y - order.y, zoom });
      return;
    }
    case "show": {
      const box = graph?.boxes.get(order.key);
      const viewport = flow.getViewport();
      if (box === undefined || (viewport.zoom >= 0.4 && isInView(box, viewport, width, height))) return;
      go(centreOn(box, width, height, Math.max(viewport.zoom, 0.8)));
      return;
    }
  }
}

/** Milliseconds that a move of the view takes; none for those who want no motion. */
function moveDuration(): number {
  const still =
    window.matchMedia("(prefers-reduced-motion: reduce)").matches ||
    document.body.classList.contains("vscode-reduce-motion");
  return still ? 0 : 180;
}
