import type { Box, Point } from "#core/layout";
import { emptyPlan, type LayoutPlan, layOut, needsLayout, type Placement } from "./place.ts";

/** How far the layout of a graph is. */
export type GraphLayout =
  /** `fresh` is where everything is without the positions of the file; null where the file has all, so that nobody asked. */
  | { readonly kind: "settled"; readonly plan: LayoutPlan; readonly fresh: Placement | null }
  /** It is laid out elsewhere; until then boxes stay where they are, and what has no place yet has no box. */
  | { readonly kind: "awaited"; readonly plan: LayoutPlan };

export const emptyLayout: GraphLayout = { kind: "settled", plan: emptyPlan, fresh: null };

/**
 * As many boxes are laid out at once, in some milliseconds; more are left to a worker, so that the page never stands
 * still. To start one takes as long as to lay these out: for fewer it would only put off the first sight of the graph.
 */
export const MOST_AT_ONCE = 300;

/** The layout for a plan; `before` is that of the same plan with other positions in the file, null where there is none. */
export function layoutFor(
  plan: LayoutPlan,
  written: ReadonlyMap<string, Point>,
  before: GraphLayout | null,
): GraphLayout {
  if (before?.kind === "settled" && before.fresh !== null) return before;
  if (!needsLayout(plan, written)) return { kind: "settled", plan, fresh: null };
  if (before?.kind === "awaited") return before;
  if (plan.nodes.length > MOST_AT_ONCE) return { kind: "awaited", plan };
  return { kind: "settled", plan, fresh: layOut(plan) };
}

/** The boxes while a layout is awaited: as they were, or where the file has them. None where none were shown before. */
export function boxesMeanwhile(
  plan: LayoutPlan,
  written: ReadonlyMap<string, Point>,
  previous: Placement,
): Placement {
  const boxes = new Map<string, Box>();
  if (previous.size === 0) return boxes;
  for (const { id, width, height } of plan.nodes) {
    const before = previous.get(id);
    const at = written.get(id) ?? before;
    if (at !== undefined) boxes.set(id, { ...(before ?? { width, height }), x: at.x, y: at.y });
  }
  return boxes;
}
