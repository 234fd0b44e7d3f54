import type { GraphView } from "./graph-view.ts";

export type Direction = "left" | "right" | "up" | "down";

/**
 * The stage to go to with an arrow key: the nearest in that direction, where a step aside counts three times. Null
 * where there is none.
 */
export function neighbour(graph: GraphView, from: string, direction: Direction): string | null {
  const start = graph.boxes.get(from);
  if (start === undefined) return null;
  const x = start.x + start.width / 2;
  const y = start.y + start.height / 2;
  let best: string | null = null;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const item of graph.items.values()) {
    const box = graph.boxes.get(item.key);
    if (item.kind !== "stage" || item.key === from || box === undefined) continue;
    const dx = box.x + box.width / 2 - x;
    const dy = box.y + box.height / 2 - y;
    const along = ahead(direction, dx, dy);
    if (along <= 0) continue;
    const aside = Math.abs(direction === "left" || direction === "right" ? dy : dx);
    const cost = along + 3 * aside;
    if (cost < bestCost) {
      best = item.key;
      bestCost = cost;
    }
  }
  return best;
}

function ahead(direction: Direction, dx: number, dy: number): number {
  switch (direction) {
    case "left":
      return -dx;
    case "right":
      return dx;
    case "up":
      return -dy;
    case "down":
      return dy;
  }
}

/** The stage at the start or at the end of the graph, as the file has them. */
export function outermost(graph: GraphView, end: "first" | "last"): string | null {
  const stages = [...graph.items.values()].filter(({ kind }) => kind === "stage");
  return (end === "first" ? stages[0] : stages.at(-1))?.key ?? null;
}
