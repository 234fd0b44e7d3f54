import type { NewStagePlace } from "#core/pipeline";
import type { GraphView } from "../graph/graph-view.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";

/** Where a new stage is to come, in keys of the canvas. `at` is its top left; null: where the layout puts it. */
export type AddSpot =
  | { readonly kind: "free"; readonly at: Point | null }
  /** Connected to a stage: `after` waits for it, `before` is waited for. */
  | { readonly kind: "after" | "before"; readonly stage: string; readonly at: Point | null }
  | { readonly kind: "on-wire"; readonly wire: string }
  | { readonly kind: "in-arm"; readonly owner: string; readonly arm: string };

/** Whether what the spot names is on the canvas still. */
export function isSpotThere(
  spot: AddSpot,
  items: ReadonlyMap<string, unknown>,
  wires: ReadonlyMap<string, unknown>,
): boolean {
  switch (spot.kind) {
    case "free":
      return true;
    case "after":
    case "before":
      return items.has(spot.stage);
    case "on-wire":
      return wires.has(spot.wire);
    case "in-arm":
      return items.has(spot.owner);
  }
}

/** The spot as an edit names it, and how it is called: `a stage after “Fetch”`. Null when it is gone. */
export function placeOfSpot(
  { items, wires }: Pick<GraphView, "items" | "wires">,
  spot: AddSpot,
): { readonly place: NewStagePlace; readonly words: string; readonly stages: readonly StageItem[] } | null {
  const stageOf = (key: string): StageItem | null => {
    const item = items.get(key);
    return item?.kind === "stage" ? item : null;
  };
  switch (spot.kind) {
    case "free":
      return { place: { kind: "free" }, words: "a stage", stages: [] };
    case "after":
    case "before": {
      const stage = stageOf(spot.stage);
      if (stage === null) return null;
      const words = `a stage ${spot.kind} “${stage.card.title}”`;
      return { place: { kind: spot.kind, stage: stage.card.id }, words, stages: [stage] };
    }
    case "on-wire": {
      const wire = wires.get(spot.wire);
      const from = stageOf(wire?.from ?? "");
      const to = stageOf(wire?.to ?? "");
      if (from === null || to === null) return null;
      const words = `a stage between “${from.card.title}” and “${to.card.title}”`;
      return { place: { kind: "on-edge", from: from.card.id, to: to.card.id }, words, stages: [from, to] };
    }
    case "in-arm": {
      const owner = stageOf(spot.owner);
      if (owner === null) return null;
      const words = `a stage in ${armWords(spot.arm)} of “${owner.card.title}”`;
      return { place: { kind: "in-arm", owner: owner.card.id, arm: spot.arm }, words, stages: [owner] };
    }
  }
}

/** What people call an arm: `“loop”`, `route “spam”`. */
export function armWords(arm: string): string {
  return arm.startsWith("route:") ? `route “${arm.slice("route:".length)}”` : `“${arm}”`;
}
