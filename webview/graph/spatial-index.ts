import type { Box } from "#core/layout";

/** Side of a cell in pixels at zoom 1. */
const CELL = 512;

/** Cells from `left`, `top` to `right`, `bottom`, all included. */
interface CellRange {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Finds what is in a part of the graph at a cost that grows with that part, not with the graph. */
export interface SpatialIndex {
  addBox(key: string, box: Box): void;
  /** Adds what lies on the line between two points. */
  addLine(key: string, from: Point, to: Point): void;
  /** Everything in the cells that a part of the graph reaches into, each key once: some of it may lie just outside. */
  within(part: Box): ReadonlySet<string>;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An index without boxes. */
export function createSpatialIndex(): SpatialIndex {
  const rows = new Map<number, Map<number, string[]>>();

  const add = (key: string, column: number, row: number): void => {
    let cells = rows.get(row);
    if (cells === undefined) rows.set(row, (cells = new Map()));
    const cell = cells.get(column);
    if (cell === undefined) cells.set(column, [key]);
    else if (cell.at(-1) !== key) cell.push(key);
  };

  return {
    addBox(key, box) {
      const { left, top, right, bottom } = cellsOf(box);
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) add(key, column, row);
      }
    },
    addLine(key, from, to) {
      const steps = Math.max(1, Math.ceil((2 * Math.hypot(to.x - from.x, to.y - from.y)) / CELL));
      for (let step = 0; step <= steps; step++) {
        const t = step / steps;
        add(key, cellOf(from.x + (to.x - from.x) * t), cellOf(from.y + (to.y - from.y) * t));
      }
    },
    within(part) {
      const range = cellsOf(part);
      const found = new Set<string>();
      for (let row = range.top; row <= range.bottom; row++) {
        const cells = rows.get(row);
        if (cells === undefined) continue;
        for (let column = range.left; column <= range.right; column++) {
          for (const key of cells.get(column) ?? []) found.add(key);
        }
      }
      return found;
    },
  };
}

/** The cells that a box reaches into. */
function cellsOf(box: Box): CellRange {
  return {
    left: cellOf(box.x),
    top: cellOf(box.y),
    right: cellOf(box.x + box.width),
    bottom: cellOf(box.y + box.height),
  };
}

function cellOf(coordinate: number): number {
  return Math.floor(coordinate / CELL);
}
