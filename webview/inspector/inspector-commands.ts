import { focusWhenThere } from "../parts/focus-when-there.ts";
import type { CanvasSession } from "../session/canvas-session.ts";

/** The narrowest and the widest that the inspector may be, in pixels. */
const NARROWEST = 220;
const WIDEST = 800;

/** Gives the inspector another width, within what leaves it and the graph of use. */
export function resizeInspector(session: CanvasSession, wanted: number): void {
  const width = Math.round(Math.max(NARROWEST, Math.min(WIDEST, wanted)));
  session.store.update((model) =>
    model.inspector.width === width ? model : { ...model, inspector: { ...model.inspector, width } },
  );
}

/** Opens the inspector, or closes it. */
export function toggleInspector(session: CanvasSession): void {
  session.store.update((model) => ({
    ...model,
    inspector: { ...model.inspector, open: !model.inspector.open },
  }));
}

/** Opens a section of the form or folds it, for this stage and all others. */
export function turnSection(session: CanvasSession, section: string, to: "open" | "folded"): void {
  session.store.update((model) => {
    const unfolded = { ...model.inspector.unfolded, [section]: to === "open" };
    return { ...model, inspector: { ...model.inspector, unfolded } };
  });
}

/** Puts the keyboard into the inspector's first field, and opens it first where it is closed. */
export function goToInspector(session: CanvasSession): void {
  session.store.update((model) => ({ ...model, inspector: { ...model.inspector, open: true } }));
  focusWhenThere(".inspector [data-field]");
}

/** Puts the keyboard into the field at a path as soon as it is there to be typed in. */
export function goToField(path: readonly string[]): void {
  const field = CSS.escape(path.join("."));
  // What stands in for an editor that is still being loaded is read-only.
  focusWhenThere(`.inspector [data-field="${field}"]:not([readonly])`);
}

/** Puts the keyboard back into the graph, at the stage it was at. */
export function backToGraph(): void {
  const stage = document.querySelector<HTMLElement>('.canvas-graph .stage[tabindex="0"]');
  (stage ?? document.querySelector<HTMLElement>(".canvas-graph"))?.focus({ preventScroll: true });
}
