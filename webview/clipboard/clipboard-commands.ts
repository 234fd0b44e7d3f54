import type { JsonMembers } from "#core/pipeline";
import { repeatedIdMessage } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import { armWords } from "../model/add-spot.ts";
import { type CanvasModel, editRefusal } from "../model/canvas-model.ts";
import { actedOn } from "../model/selection.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { goToNew } from "../session/go-to-new.ts";
import { clipText, readClip } from "./clip-text.ts";
import { armOfSelection, isInArm, type PasteTarget, withoutPlaces } from "./paste-target.ts";

/** How far from a stage its duplicate stands, in pixels: below it. */
const BESIDE: Point = { x: 32, y: 104 };

/** Stages as the clipboard is to hold them; null, with the reason told, where one cannot be named. */
export function textOfStages(session: CanvasSession, stages: readonly StageItem[]): string | null {
  const { document } = session.store.get();
  if (document === null || stages.length === 0) return null;
  const repeated = stages.find((stage) => stage.repeated);
  if (repeated === undefined) return clipText(document.drawn, document.graph, stages);
  session.tell("error", repeatedIdMessage(repeated));
  return null;
}

/** Where stages are pasted: into the arm that is meant by what is selected, into none, or into a certain one. */
export type PasteInto = "by-selection" | "none" | PasteTarget;

/**
 * Puts the stages that a text holds at a place, under ids that are free; a text that holds none is refused. Where
 * there is no place, or it is not in the arm that they come into, the layout finds places for them.
 */
export function pasteText(session: CanvasSession, text: string, at: Point | null, target: PasteInto): void {
  const model = session.store.get();
  const refusal = editRefusal(model);
  const clipping = readClip(text);
  if (refusal !== null || model.document === null) {
    session.tell("error", refusal ?? "The pipeline is still loading.");
  } else if (clipping === null) {
    session.tell("error", "The clipboard holds no stages. Copy some on a canvas, or a pipeline's text.");
  } else {
    const into = intoOf(model, clipping, target);
    const isThere = at !== null && (into === null || isInArm(model.document.graph, into, at));
    const found = isThere
      ? { clipping, at: { x: Math.round(at.x), y: Math.round(at.y) } }
      : { clipping: withoutPlaces(clipping), at: null };
    const come = goToNew(session, () => session.edit({ kind: "paste-stages", ...found, into }));
    if (come.length > 0 && into !== null) {
      const count = come.length === 1 ? "Pasted a stage" : `Pasted ${come.length} stages`;
      session.announce(`${count} into ${armWords(into.arm)} of “${into.owner}”.`);
    }
  }
}

function intoOf(model: CanvasModel, clipping: JsonMembers, target: PasteInto): PasteTarget | null {
  if (target === "none") return null;
  return target === "by-selection" ? armOfSelection(model, actedOn(model), clipping) : target;
}

/** Writes stages once more, below where they are. */
export function duplicateStages(session: CanvasSession, stages: readonly StageItem[]): void {
  if (stages.length === 0) return;
  const repeated = stages.find((stage) => stage.repeated);
  if (repeated !== undefined) {
    session.tell("error", repeatedIdMessage(repeated));
    return;
  }
  const ids = stages.map(({ card }) => card.id);
  goToNew(session, () => session.edit({ kind: "duplicate-stages", stages: ids, by: BESIDE }));
}

/** Copies from a menu, where no event of the clipboard comes. */
export async function copyByMenu(
  session: CanvasSession,
  stages: readonly StageItem[],
): Promise<"copied" | "not"> {
  const text = textOfStages(session, stages);
  if (text === null) return "not";
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    session.tell("error", "The clipboard cannot be written from here. Press Ctrl+C instead.");
    return "not";
  }
}

/** Pastes from a menu. */
export async function pasteByMenu(
  session: CanvasSession,
  at: Point | null,
  target: PasteInto,
): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    session.tell("error", "The clipboard cannot be read from here. Press Ctrl+V instead.");
    return;
  }
  pasteText(session, text, at, target);
}
