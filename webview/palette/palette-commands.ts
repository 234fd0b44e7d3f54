import type { PaletteView } from "../model/palette-view.ts";
import { focusWhenThere } from "../parts/focus-when-there.ts";
import type { CanvasSession } from "../session/canvas-session.ts";

/** Changes how the palette stands. */
export function updatePalette(session: CanvasSession, change: Partial<PaletteView>): void {
  session.store.update((model) => ({ ...model, palette: { ...model.palette, ...change } }));
}

/** Opens the palette, or closes it. */
export function togglePalette(session: CanvasSession): void {
  updatePalette(session, { open: !session.store.get().palette.open });
}

/** Shows a category's components, or its title alone. */
export function foldCategory(session: CanvasSession, title: string, state: "open" | "folded"): void {
  const others = session.store.get().palette.folded.filter((each) => each !== title);
  updatePalette(session, { folded: state === "open" ? others : [...others, title] });
}

/**
 * Puts the keyboard into the palette, and opens it first where it is closed: into the field that searches, or the list
 * where there is no room for a field.
 */
export function goToPalette(session: CanvasSession): void {
  if (!session.store.get().palette.open) updatePalette(session, { open: true });
  focusWhenThere('.palette .palette-field, .palette [role="treeitem"][tabindex="0"]');
}
