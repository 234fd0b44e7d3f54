import type { ReactFlowInstance } from "@xyflow/react";
import { STAGE_SIZE } from "../graph/sizes.ts";
import type { Point } from "../graph/spatial-index.ts";
import type { FlowEdge, FlowNode } from "./flow-elements.ts";

/** Where in the window the pointer is. */
export function pointerOf(event: unknown): Point | null {
  // Not every browser knows events of touch.
  const isTouch = typeof TouchEvent !== "undefined" && event instanceof TouchEvent;
  const at = event instanceof MouseEvent ? event : isTouch ? event.changedTouches[0] : undefined;
  return at === undefined ? null : { x: at.clientX, y: at.clientY };
}

/** The key of the stage that a line was let go on, one that holds no others; null where there is none. */
export function stageUnder(event: MouseEvent | TouchEvent): string | null {
  const under = elementUnder(event)?.element.closest<HTMLElement>(".react-flow__node-stage");
  return under?.dataset["id"] ?? null;
}

function elementUnder(event: MouseEvent | TouchEvent): (Point & { readonly element: Element }) | null {
  const pointer = "changedTouches" in event ? event.changedTouches[0] : event;
  if (pointer === undefined) return null;
  const { clientX: x, clientY: y } = pointer;
  const element = document.elementFromPoint(x, y);
  return element === null ? null : { x, y, element };
}

/** Where in the graph a line was let go; null where that was on a stage or beside the graph. */
export function placeOfDrop(
  event: MouseEvent | TouchEvent,
  flow: ReactFlowInstance<FlowNode, FlowEdge>,
): Point | null {
  const found = elementUnder(event);
  if (found === null) return null;
  const { x, y, element: under } = found;
  const isEmpty = under.closest(".react-flow__pane, .react-flow__node-container, .react-flow__node-arm");
  return isEmpty == null ? null : flow.screenToFlowPosition({ x, y });
}

/** The top left of a stage whose connected end is at a place. */
export function boxAt({ x, y }: Point, kind: "before" | "after"): Point {
  return { x: kind === "after" ? x : x - STAGE_SIZE.width, y: y - STAGE_SIZE.height / 2 };
}
