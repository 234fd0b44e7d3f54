import { CELL, type CellRange } from "./spatial-index.ts";

/** How the pane looks at the graph: where its origin is, in pixels of the pane, and the scale. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** Room around what is visible, in cells, so that a short pan needs nothing new. */
const MARGIN = 0.5;

/**
 * The cells to draw. They change only when the view crosses a cell, so a frame of panning usually changes nothing.
 * Null while the pane has no size.
 */
export function viewWindow(viewport: Viewport, width: number, height: number): CellRange | null {
  if (width <= 0 || height <= 0) return null;
  const cell = CELL * viewport.zoom;
  return {
    left: Math.floor(-viewport.x / cell - MARGIN),
    top: Math.floor(-viewport.y / cell - MARGIN),
    right: Math.floor((width - viewport.x) / cell + MARGIN),
    bottom: Math.floor((height - viewport.y) / cell + MARGIN),
  };
}

/** Whether two ranges hold the same cells. */
export function sameRange(a: CellRange | null, b: CellRange | null): boolean {
  if (a === null || b === null) return a === b;
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}
