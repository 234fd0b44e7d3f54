import { repeatedIdMessage } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import { editRefusal } from "../model/canvas-model.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { goToNew } from "../session/go-to-new.ts";
import { clipText, readClip } from "./clip-text.ts";

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

/** Puts the stages that a text holds at a place, under ids that are free; a text that holds none is refused. */
export function pasteText(session: CanvasSession, text: string, at: Point): void {
  const refusal = editRefusal(session.store.get());
  const clipping = readClip(text);
  if (refusal !== null) session.tell("error", refusal);
  else if (clipping === null) {
    session.tell("error", "The clipboard holds no stages. Copy some on a canvas, or a pipeline's text.");
  } else {
    const place = { x: Math.round(at.x), y: Math.round(at.y) };
    goToNew(session, () => session.edit({ kind: "paste-stages", clipping, at: place, into: null }));
  }
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
export async function pasteByMenu(session: CanvasSession, at: Point): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    session.tell("error", "The clipboard cannot be read from here. Press Ctrl+V instead.");
    return;
  }
  pasteText(session, text, at);
}
