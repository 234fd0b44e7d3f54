import { Panel, type ReactFlowState, useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { memo, type PointerEvent, type ReactNode, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import type { Box } from "#core/layout";
import { isInView } from "../graph/fit-view.ts";
import { useModel } from "../session/session-context.tsx";
import { type PaintArea, paintGraph } from "./paint-graph.ts";
import { usePalette } from "./use-palette.ts";

const WIDTH = 176;
const HEIGHT = 112;
const MARGIN = 8;
/** Milliseconds. */
const REPAINT_AFTER = 60;
/** With fewer boxes than this the graph is its own map, as long as all of it is in view. */
const WORTH_IT = 8;

/** The whole graph in a corner, where it helps. It is painted when the graph or a run changes; panning only moves the frame over it. */
export const MiniMap = memo(function MiniMap(): ReactNode {
  const bounds = useModel(({ document }) => document?.graph.bounds ?? null);
  const size = useModel(({ document }) => document?.graph.items.size ?? 0);
  const shown = useStore(({ transform: [x, y, zoom], width, height }) => {
    // In a small pane it would hide what it is a map of.
    if (bounds === null || width < 3 * WIDTH || height < 3 * HEIGHT) return false;
    return size >= WORTH_IT || !isInView(bounds, { x, y, zoom }, width, height);
  });
  if (bounds === null || !shown) return null;
  return (
    <Panel position="bottom-right" className="minimap">
      <Map bounds={bounds} />
    </Panel>
  );
});

function Map({ bounds }: { bounds: Box }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const paint = useRef<() => void>(() => undefined);
  const pending = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (pending.current !== null) clearTimeout(pending.current);
      pending.current = null;
    },
    [],
  );
  const graph = useModel(({ document }) => document?.graph ?? null);
  const run = useModel((model) => model.run);
  const selection = useModel((model) => model.selection);
  const palette = usePalette();
  const flow = useReactFlow();
  const area = useMemo(() => areaOf(bounds), [bounds]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element == null || context == null || graph === null) return;
    // All of the graph is painted: once for what comes one after the other, as keys that are typed do.
    paint.current = () => {
      pending.current = null;
      const density = window.devicePixelRatio;
      element.width = WIDTH * density;
      element.height = HEIGHT * density;
      const { x, y, scale } = area;
      const dense = { x, y, scale: scale * density };
      const all = [...graph.wires.keys(), ...graph.items.keys()];
      paintGraph(context, graph, all, dense, { run, selection, annotations: graph.annotations.all }, palette);
    };
    pending.current ??= setTimeout(() => paint.current(), REPAINT_AFTER);
  }, [graph, area, run, selection, palette]);

  const lookAt = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = area.x + (event.clientX - left) / area.scale;
    const y = area.y + (event.clientY - top) / area.scale;
    void flow.setCenter(x, y, { zoom: flow.getZoom() });
  };

  return (
    <div
      className="minimap-surface nopan nodrag"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        lookAt(event);
      }}
      onPointerMove={lookAt}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <Frame area={area} bounds={bounds} />
    </div>
  );
}

/** The part of the graph that is in view; nothing when that is all of it. It follows each frame without being drawn anew. */
function Frame({ area, bounds }: { area: PaintArea; bounds: Box }): ReactNode {
  const flow = useStoreApi();
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    let shown = "";
    const follow = (): void => {
      const style = frameStyle(flow.getState(), area, bounds);
      if (frame.current === null || style === shown) return;
      shown = style;
      frame.current.style.cssText = style;
    };
    follow();
    return flow.subscribe(follow);
  }, [flow, area, bounds]);
  return <div ref={frame} className="minimap-frame" />;
}

/** Whole pixels, so that most frames change nothing. */
function frameStyle(
  { transform: [panX, panY, zoom], width, height }: ReactFlowState,
  area: PaintArea,
  bounds: Box,
): string {
  if (isInView(bounds, { x: panX, y: panY, zoom }, width, height)) return "display: none";
  const at = (place: number, origin: number): number => Math.round((place - origin) * area.scale);
  const left = at(-panX / zoom, area.x);
  const top = at(-panY / zoom, area.y);
  const right = clamp(left + at(width / zoom, 0), WIDTH);
  const bottom = clamp(top + at(height / zoom, 0), HEIGHT);
  const [x, y] = [clamp(left, WIDTH), clamp(top, HEIGHT)];
  return `transform: translate(${x}px, ${y}px); width: ${right - x}px; height: ${bottom - y}px`;
}

function areaOf(bounds: Box): PaintArea {
  const scale = Math.min((WIDTH - 2 * MARGIN) / bounds.width, (HEIGHT - 2 * MARGIN) / bounds.height, 0.15);
  return {
    x: bounds.x + bounds.width / 2 - WIDTH / 2 / scale,
    y: bounds.y + bounds.height / 2 - HEIGHT / 2 / scale,
    scale,
  };
}

function clamp(value: number, limit: number): number {
  return Math.max(0, Math.min(limit, value));
}
