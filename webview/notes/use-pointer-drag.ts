import { useReactFlow } from "@xyflow/react";
import { type PointerEvent, useRef } from "react";
import type { Point } from "../graph/spatial-index.ts";
import { editRefusal } from "../model/canvas-model.ts";
import { useSession } from "../session/session-context.tsx";

/** What the pointer may tremble, in pixels of the screen. */
const THRESHOLD = 3;

/** What drags an element: handlers for it. */
export interface PointerDrag {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/**
 * Follows the pointer while it drags something, in pixels of the graph: `during` hears of each step and, with null, that
 * it is over; `done` before that what it came to. Nothing can be dragged while nothing can be changed.
 */
export function usePointerDrag(during: (by: Point | null) => void, done: (by: Point) => void): PointerDrag {
  const session = useSession();
  const flow = useReactFlow();
  const from = useRef<Point | null>(null);
  const by = useRef<Point | null>(null);
  const stop = (): void => {
    from.current = null;
    if (by.current === null) return;
    by.current = null;
    during(null);
  };
  return {
    onPointerDown(event) {
      if (event.button !== 0 || event.target instanceof HTMLTextAreaElement) return;
      if (editRefusal(session.store.get()) !== null) return;
      event.stopPropagation();
      event.currentTarget.setPointerCapture(event.pointerId);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove(event) {
      if (from.current === null) return;
      const [x, y] = [event.clientX - from.current.x, event.clientY - from.current.y];
      if (by.current === null && Math.hypot(x, y) < THRESHOLD) return;
      const zoom = flow.getZoom();
      by.current = { x: x / zoom, y: y / zoom };
      during(by.current);
    },
    onPointerUp() {
      if (by.current !== null) done(by.current);
      stop();
    },
    onPointerCancel: stop,
  };
}
