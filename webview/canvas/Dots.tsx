import { type ReactFlowState, useStore, ViewportPortal } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import type { Box } from "#core/layout";
import { aroundView, sameWindow } from "../graph/view-window.ts";

/** Between dots, in pixels at zoom 1. */
const GAP = 24;
const RADIUS = 0.75;

/**
 * The dots under the graph. They lie in it and are moved with it, where React Flow's background is drawn anew at each
 * frame of panning; only when the view has gone half a pane further other dots are needed.
 */
export const Dots = memo(function Dots(): ReactNode {
  const part = useStore(dottedPart, sameWindow);
  if (part === null) return null;
  const { x, y, width, height } = part;
  return (
    <ViewportPortal>
      <svg className="dots" aria-hidden="true" width={width} height={height} style={{ left: x, top: y }}>
        <pattern id="fm-dots" width={GAP} height={GAP} patternUnits="userSpaceOnUse">
          <circle cx={GAP / 2} cy={GAP / 2} r={RADIUS} />
        </pattern>
        <rect width={width} height={height} fill="url(#fm-dots)" />
      </svg>
    </ViewportPortal>
  );
});

/** The view and as much around it, from a place where a dot's square begins. Null while the pane has no size. */
function dottedPart({ transform: [x, y, zoom], width, height }: ReactFlowState): Box | null {
  if (width <= 0 || height <= 0) return null;
  const part = aroundView({ x, y, zoom }, width, height);
  const down = (place: number): number => Math.floor(place / GAP) * GAP;
  return {
    x: down(part.x),
    y: down(part.y),
    width: down(part.width) + 2 * GAP,
    height: down(part.height) + 2 * GAP,
  };
}
