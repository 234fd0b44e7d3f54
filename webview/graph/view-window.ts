import type { Box } from "#core/layout";

/** How the pane looks at the graph: where its origin is, in pixels of the pane, and the scale. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** The window moves in steps of about as many pixels of the pane, so that most frames of panning change nothing. */
const STEP = 128;

/** Drawn around what is visible at least, in pixels of the pane: badges, shadows and lines reach out of their boxes. */
const MARGIN = 24;

/**
 * The part of the graph to draw, in pixels at zoom 1: what is visible and a little around it. Null while the pane has
 * no size.
 */
export function viewWindow(viewport: Viewport, width: number, height: number): Box | null {
  if (width <= 0 || height <= 0) return null;
  const { x, y, zoom } = viewport;
  // The same for a range of scales, so that the steps of zooming have windows in common.
  const step = STEP / 2 ** Math.round(Math.log2(zoom));
  const down = (place: number): number => Math.floor((place - MARGIN) / zoom / step) * step;
  const up = (place: number): number => Math.ceil((place + MARGIN) / zoom / step) * step;
  const left = down(-x);
  const top = down(-y);
  return { x: left, y: top, width: up(width - x) - left, height: up(height - y) - top };
}

/** The whole graph may be painted from afar on a picture of as many pixels a side. */
const LARGEST_PICTURE = 3000;

/**
 * The part of the graph that is painted from afar: all of it where that makes no large picture, so that no panning
 * paints anew; else the view and half as much on each side.
 */
export function farWindow(viewport: Viewport, width: number, height: number, bounds: Box): Box | null {
  if (width <= 0 || height <= 0) return null;
  const { zoom } = viewport;
  if (Math.max(bounds.width, bounds.height) * zoom <= LARGEST_PICTURE) return grown(bounds, 8 / zoom);
  return aroundView(viewport, width, height);
}

/** The view of a pane that has a size, and half as much or more on each side: the same until half a pane further. */
export function aroundView({ x, y, zoom }: Viewport, width: number, height: number): Box {
  const half = { width: width / zoom / 2, height: height / zoom / 2 };
  const left = Math.floor(-x / zoom / half.width) - 1;
  const top = Math.floor(-y / zoom / half.height) - 1;
  return {
    x: left * half.width,
    y: top * half.height,
    width: 5 * half.width,
    height: 5 * half.height,
  };
}

function grown({ x, y, width, height }: Box, by: number): Box {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** Whether two windows show the same. */
export function sameWindow(a: Box | null, b: Box | null): boolean {
  if (a === null || b === null) return a === b;
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** Whether two boxes have a place in common, their edges counted. */
export function overlap(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && a.x + a.width >= b.x && a.y <= b.y + b.height && a.y + a.height >= b.y;
}
