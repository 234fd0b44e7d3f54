import { type InheritedMark, isElsewhere } from "../graph/inherited-mark.ts";
import type { StageItem } from "../graph/outline.ts";
import type { CanvasSession } from "./canvas-session.ts";

/** Why something cannot be done with stages that are written in another file; null where none of them is. */
export function inheritedRefusal(stages: readonly StageItem[], cannot: string): string | null {
  const found = stages.find(({ inherited }) => isElsewhere(inherited));
  if (found?.inherited == null) return null;
  return `“${found.card.title}” is inherited from ${found.inherited.path} and cannot be ${cannot} here. ${insteadOf(cannot)}`;
}

function insteadOf(cannot: string): string {
  return cannot === "deleted"
    ? "Disable it (E), or open its origin (F12) to delete it for all that inherit it."
    : "Open its origin (F12) to change it for all that inherit it.";
}

/** Shows a stage where it is written; one that is of no parent is told to be. */
export function openOrigin(session: CanvasSession, { card, inherited }: StageItem): void {
  if (inherited === null) session.tell("information", `“${card.title}” is written in this file.`);
  else session.openOrigin(card.id);
}

/** Makes stages be as the parent has them, in one edit. */
export function revertStages(session: CanvasSession, stages: readonly StageItem[]): void {
  const changed = stages.filter(({ inherited }) => isChanged(inherited));
  if (changed.length > 0) session.edit({ kind: "revert-stages", stages: changed.map(({ card }) => card.id) });
}

/** Whether this file changes or replaces the stage. */
export function isChanged(mark: InheritedMark | null): boolean {
  return mark !== null && mark.standing !== "inherited";
}
