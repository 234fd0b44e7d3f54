import { useStore } from "@xyflow/react";
import { useEffect, useState } from "react";
import type { Box, Point } from "#core/layout";
import { centreOn, firstView, fitView, isInView, MAX_ZOOM, MIN_ZOOM } from "../graph/fit-view.ts";
import type { GraphView } from "../graph/graph-view.ts";
import type { Viewport } from "../graph/view-window.ts";
import { createStore, useStoreValue } from "../store/store.ts";
import type { Reveal, SharedOrder, SharedView } from "./shared-view.ts";

/** Stages are not shown smaller than this when they are gone to. */
const READABLE = 0.6;

const origin: Viewport = { x: 0, y: 0, zoom: 1 };

const nowhere: Point = { x: 0, y: 0 };

/** The part of a shared view that a canvas shows, and how it moves the whole. */
export interface PaneView {
  readonly viewport: Viewport;
  readonly move: (next: Viewport) => void;
}

/**
 * The viewport of a canvas in a shared view; the first canvas with a size sets what is seen first, by `whole`. A canvas that has
 * laid a stage out elsewhere is moved when that is looked at, so that it is seen at one place on all.
 */
export function useSharedView(view: SharedView, graph: GraphView, whole: GraphView): PaneView {
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const viewport = useStoreValue(view.viewport, (state) => state);
  const [offsets] = useState(() => createStore(nowhere));
  const offset = useStoreValue(offsets, (state) => state);

  useEffect(() => {
    if (width === 0 || height === 0) return undefined;
    const { bounds } = whole;
    const focus = view.focus.get();
    const first = focus === null ? null : placeOn(whole, focus);
    if (first !== null) offsets.update(() => first.offset);
    if (bounds !== null)
      view.viewport.update((now) => {
        if (now !== null) return now;
        const all = firstView(bounds, width, height);
        return first === null || isInView(first.box, all, width, height)
          ? all
          : centreOn(first.box, width, height, all.zoom);
      });
    return view.onOrder((order) => {
      const place = order.kind === "reveal" ? placeOn(graph, order) : null;
      if (order.kind === "fit") offsets.update(() => nowhere);
      else if (place !== null) offsets.update(() => place.offset);
      view.viewport.update((now) =>
        viewAfter(now ?? origin, order, place?.box ?? null, { whole, width, height }),
      );
    });
  }, [view, offsets, graph, whole, width, height]);

  return {
    viewport: shifted(viewport ?? origin, offset),
    move: (next) => view.viewport.update(() => shifted(next, { x: -offset.x, y: -offset.y })),
  };
}

/** Where a stage stands in the view, and how far from there on a canvas; null where that has it not. */
function placeOn(
  { boxes }: GraphView,
  { keys, at }: Reveal,
): { readonly box: Box; readonly offset: Point } | null {
  const [box] = keys.flatMap((key) => boxes.get(key) ?? []);
  if (box === undefined) return null;
  const offset = at === undefined ? nowhere : { x: at.x - box.x, y: at.y - box.y };
  return { box: { ...box, x: box.x + offset.x, y: box.y + offset.y }, offset };
}

function shifted({ x, y, zoom }: Viewport, by: Point): Viewport {
  return { x: x + by.x * zoom, y: y + by.y * zoom, zoom };
}

interface Pane {
  readonly whole: GraphView;
  readonly width: number;
  readonly height: number;
}

function viewAfter(
  now: Viewport,
  order: SharedOrder,
  box: Box | null,
  { whole, width, height }: Pane,
): Viewport {
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
      if (box === null || (now.zoom >= READABLE && isInView(box, now, width, height))) return now;
      return centreOn(box, width, height, Math.max(now.zoom, READABLE));
    }
  }
}
