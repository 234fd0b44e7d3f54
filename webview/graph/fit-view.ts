import type { Box } from "#core/layout";
import type { Size } from "./sizes.ts";
import type { Viewport } from "./view-window.ts";

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 2;

/** Below this scale the names of stages cannot be read. */
const READABLE_ZOOM = 0.5;
const MARGIN = 32;

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

/**
 * The viewport after the pane has got another size, as when a panel opens beside it. Whoever saw the whole graph goes
 * on seeing it, as far as it can be read; else what was in the middle stays there.
 */
export function viewAfterResize(viewport: Viewport, bounds: Box, before: Size, after: Size): Viewport {
  const centred = {
    x: viewport.x + (after.width - before.width) / 2,
    y: viewport.y + (after.height - before.height) / 2,
    zoom: viewport.zoom,
  };
  const all = fitView(bounds, after.width, after.height);
  if (all.zoom < READABLE_ZOOM) return centred;
  if (isSame(viewport, fitView(bounds, before.width, before.height))) return all;
  const lost =
    isInView(bounds, viewport, before.width, before.height) &&
    !isInView(bounds, centred, after.width, after.height);
  return lost ? all : centred;
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

/** Equal but for what is lost in calculating. */
function isSame(one: Viewport, other: Viewport): boolean {
  return (
    Math.abs(one.x - other.x) < 1 && Math.abs(one.y - other.y) < 1 && Math.abs(one.zoom - other.zoom) < 0.001
  );
}
