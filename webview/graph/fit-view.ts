import type { Box } from "#core/layout";
import type { Size } from "./sizes.ts";
import type { Viewport } from "./view-window.ts";

export const MIN_ZOOM = 0.05;
export const MAX_ZOOM = 2;

/** Below this scale the names of stages cannot be read: they are less than 8 pixels high. */
const READABLE_ZOOM = 0.6;
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
 * The viewport after the pane has got another size, as when a panel opens beside it. Whoever saw what is shown first,
 * or the whole graph fitted, goes on seeing that. Else what was in the middle stays there, as far as an end of the
 * graph that was in view stays in it.
 */
export function viewAfterResize(viewport: Viewport, bounds: Box, before: Size, after: Size): Viewport {
  if (isSame(viewport, firstView(bounds, before.width, before.height))) {
    return firstView(bounds, after.width, after.height);
  }
  const all = fitView(bounds, after.width, after.height);
  if (isSame(viewport, fitView(bounds, before.width, before.height))) return all;
  const moved = {
    x:
      viewport.x +
      shift(bounds.x * viewport.zoom + viewport.x, bounds.width * viewport.zoom, before.width, after.width),
    y:
      viewport.y +
      shift(
        bounds.y * viewport.zoom + viewport.y,
        bounds.height * viewport.zoom,
        before.height,
        after.height,
      ),
    zoom: viewport.zoom,
  };
  if (all.zoom < READABLE_ZOOM) return moved;
  const lost =
    isInView(bounds, viewport, before.width, before.height) &&
    !isInView(bounds, moved, after.width, after.height);
  return lost ? all : moved;
}

/**
 * How far a graph that began at `start` goes along one side of a pane whose length changes. What was in the middle stays
 * there, except where that would take an end out of view that was in it, or leave room beside it while the other is cut off.
 */
function shift(start: number, length: number, before: number, after: number): number {
  const middle = (after - before) / 2;
  const freeBefore = start;
  const freeBehind = before - start - length;
  if (freeBefore >= 0 === freeBehind >= 0) return middle;
  const given = (free: number): number => Math.min(Math.max(0, -middle), Math.max(0, free - MARGIN));
  return freeBefore >= 0 ? -given(freeBefore) : after - before + given(freeBehind);
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
