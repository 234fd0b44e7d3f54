/** A place in pixels, from the origin of the whole graph. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle, in pixels; `x` and `y` of its left upper corner. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export type Axis = "x" | "y";

/** Where the box begins and ends on an axis. */
export function extent(box: Box, axis: Axis): { readonly start: number; readonly end: number } {
  return axis === "x" ? { start: box.x, end: box.x + box.width } : { start: box.y, end: box.y + box.height };
}

/** The box, moved. */
export function shifted(box: Box, x: number, y: number): Box {
  return { ...box, x: box.x + x, y: box.y + y };
}

/** The smallest box around some; there must be one. */
export function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
