import { type RefObject, useLayoutEffect, useState } from "react";
import { useModel } from "../session/session-context.tsx";
import type { PaletteShape } from "./palette-rows.ts";

/** Of the palette with names, in pixels; as in palette.css. */
const WHOLE_WIDTH = 232;
/** What the graph is to have beside it. */
const LEAST_GRAPH = 300;

/** Whether there is room for names beside the graph and the inspector, and whether there would be without the latter. */
export function usePaletteShape(palette: RefObject<HTMLElement | null>): {
  readonly shape: PaletteShape;
  readonly shapeAlone: PaletteShape;
} {
  const { open, width } = useModel((model) => model.inspector);
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY);
  // Before anything is seen or has the keyboard, since what has no room would take that away with it.
  useLayoutEffect(() => {
    const area = palette.current?.parentElement;
    if (area == null) return undefined;
    const measure = (): void => setRoom(area.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(area);
    return () => observer.disconnect();
  }, [palette]);
  const shapeIn = (pixels: number): PaletteShape => (pixels >= WHOLE_WIDTH + LEAST_GRAPH ? "whole" : "icons");
  return { shape: shapeIn(room - (open ? width : 0)), shapeAlone: shapeIn(room) };
}
