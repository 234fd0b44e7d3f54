import { useStore } from "@xyflow/react";
import { useEffect } from "react";
import { centreOn, firstView, fitView, isInView, MAX_ZOOM, MIN_ZOOM } from "../graph/fit-view.ts";
import type { GraphView } from "../graph/graph-view.ts";
import type { Viewport } from "../graph/view-window.ts";
import { useStoreValue } from "../store/store.ts";
import type { SharedOrder, SharedView } from "./shared-view.ts";

/** Stages are not shown smaller than this when they are gone to. */
const READABLE = 0.6;

const origin: Viewport = { x: 0, y: 0, zoom: 1 };

/** The viewport of a canvas in a shared view; the first canvas with a size sets what is seen first, by `whole`. */
export function useSharedView(view: SharedView, graph: GraphView, whole: GraphView): Viewport {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const viewport = useStoreValue(view.viewport, (state) => state);

  useEffect(() => {
    if (width === 0 || height === 0) return undefined;
    const { bounds } = whole;
    if (bounds !== null)
      view.viewport.update((now) => {
        if (now !== null) return now;
        const first = firstView(bounds, width, height);
        const box = whole.boxes.get(view.focus.get() ?? "");
        return box === undefined || isInView(box, first, width, height)
          ? first
          : centreOn(box, width, height, first.zoom);
      });
    return view.onOrder((order) => {
      view.viewport.update((now) => viewAfter(now ?? origin, order, { graph, whole, width, height }));
    });
  }, [view, graph, whole, width, height]);

  return viewport ?? origin;
}

interface Pane {
  readonly graph: GraphView;
  readonly whole: GraphView;
  readonly width: number;
  readonly height: number;
}

function viewAfter(now: Viewport, order: SharedOrder, { graph, whole, width, height }: Pane): Viewport {
  switch (order.kind) {
    case "fit":
      return whole.bounds === null ? now : fitView(whole.bounds, width, height);
    case "zoom": {
      const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, now.zoom * order.factor));
      const scale = zoom / now.zoom;
      // What is in the middle stays there.
      const moved = (place: number, middle: number): number => middle - (middle - place) * scale;
      return { x: moved(now.x, width / 2), y: moved(now.y, height / 2), zoom };
    }
    case "reveal": {
      const box = graph.boxes.get(order.key);
      if (box === undefined || (now.zoom >= READABLE && isInView(box, now, width, height))) return now;
      return centreOn(box, width, height, Math.max(now.zoom, READABLE));
    }
  }
}
