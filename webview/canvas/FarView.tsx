import { useStore, ViewportPortal } from "@xyflow/react";
import { type ReactNode, useEffect, useRef } from "react";
import { useModel } from "../session/session-context.tsx";
import { paintGraph } from "./paint-graph.ts";
import type { FarScene } from "./use-flow-elements.ts";
import { usePalette } from "./use-palette.ts";

/** No side of the picture is larger, in pixels of the screen. */
const LARGEST_SIDE = 4096;

/**
 * Many boxes, seen from afar, as one picture. It lies in the graph and is moved with it, so that a frame of panning
 * paints nothing; it is painted anew when the view has left it or the scale has changed by a step.
 */
export function FarView({ scene }: { scene: FarScene }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const run = useModel((model) => model.run);
  const selection = useModel((model) => model.selection);
  const palette = usePalette();
  const zoom = useStore((state) => zoomStep(state.transform[2]));
  const { part, graph, keys } = scene;
  const { x, y, width, height } = part;

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element == null || context == null) return;
    const scale = Math.min(zoom * window.devicePixelRatio, LARGEST_SIDE / Math.max(width, height));
    element.width = Math.ceil(width * scale);
    element.height = Math.ceil(height * scale);
    paintGraph(context, graph, keys, { x, y, scale }, { run, selection, annotations: [] }, palette);
  }, [graph, keys, run, selection, palette, zoom, x, y, width, height]);

  return (
    <ViewportPortal>
      <canvas
        ref={canvas}
        className="far-view"
        aria-hidden="true"
        style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
      />
    </ViewportPortal>
  );
}

/** The scale in steps, so that not every frame of zooming paints. */
function zoomStep(zoom: number): number {
  return 1.25 ** Math.ceil(Math.log(zoom) / Math.log(1.25));
}
