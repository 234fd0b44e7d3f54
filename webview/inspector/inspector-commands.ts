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
export function unfoldSection(session: CanvasSession, section: string, open: boolean): void {
  session.store.update((model) => {
    const unfolded = { ...model.inspector.unfolded, [section]: open };
    return { ...model, inspector: { ...model.inspector, unfolded } };
  });
}

/** Puts the keyboard into the inspector's first field, and opens it first where it is closed. */
export function goToInspector(session: CanvasSession): void {
  session.store.update((model) => ({ ...model, inspector: { ...model.inspector, open: true } }));
  const first = (): HTMLElement | null => document.querySelector<HTMLElement>(".inspector [data-field]");
  const found = first();
  if (found !== null) {
    found.focus();
    return;
  }
  // It is drawn, or even loaded, first.
  const observer = new MutationObserver(() => {
    const field = first();
    if (field === null) return;
    observer.disconnect();
    field.focus();
  });
  observer.observe(document.body, { childList: true, subtree: true });
}

/** Puts the keyboard back into the graph, at the stage it was at. */
export function backToGraph(): void {
  const stage = document.querySelector<HTMLElement>('.canvas-graph .stage[tabindex="0"]');
  (stage ?? document.querySelector<HTMLElement>(".canvas-graph"))?.focus({ preventScroll: true });
}
