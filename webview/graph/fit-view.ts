import type { Box } from "#core/layout";
import type { Viewport } from "./view-window.ts";

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 2;

/** Below this scale the names of stages cannot be read. */
const READABLE_ZOOM = 0.55;
const MARGIN = 48;

/** The viewport that shows all of `bounds`, never larger than life. */
export function fitView(bounds: Box, width: number, height: number): Viewport {
  const zoom = Math.min(
    1,
    Math.max(MIN_ZOOM, Math.min((width - 2 * MARGIN) / bounds.width, (height - 2 * MARGIN) / bounds.height)),
  );
  return {
    x: width / 2 - (bounds.x + bounds.width / 2) * zoom,
    y: height / 2 - (bounds.y + bounds.height / 2) * zoom,
    zoom,
  };
}

/** What a canvas shows first: everything if it can be read then, else the beginning of the graph. */
export function firstView(bounds: Box, width: number, height: number): Viewport {
  const all = fitView(bounds, width, height);
  if (all.zoom >= READABLE_ZOOM) return all;
  const zoom = 0.8;
  const tall = bounds.height * zoom > height - 2 * MARGIN;
  return {
    x: MARGIN - bounds.x * zoom,
    y: tall ? MARGIN - bounds.y * zoom : height / 2 - (bounds.y + bounds.height / 2) * zoom,
    zoom,
  };
}

/** The viewport that has the middle of `box` in the middle of the pane. */
export function centreOn(box: Box, width: number, height: number, zoom: number): Viewport {
  return {
    x: width / 2 - (box.x + box.width / 2) * zoom,
    y: height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  };
}

/** Whether `box` lies wholly in the pane, some pixels from its border. */
export function isInView(box: Box, viewport: Viewport, width: number, height: number): boolean {
  const inset = 16;
  const left = box.x * viewport.zoom + viewport.x;
  const top = box.y * viewport.zoom + viewport.y;
  return (
    left >= inset &&
    top >= inset &&
    left + box.width * viewport.zoom <= width - inset &&
    top + box.height * viewport.zoom <= height - inset
  );
}
