import { noteColors } from "../graph/annotations.ts";
import type { StageItem } from "../graph/outline.ts";
import { type CanvasModel, editRefusal } from "../model/canvas-model.ts";
import { selectedStages } from "../model/selection.ts";
import type { MenuEntry } from "../parts/menu-entries.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { openOverlay } from "../session/overlay-commands.ts";
import { annotationOf, beginNoteText, deleteAnnotation, groupStages, setColors } from "./note-commands.ts";

/** A new note where the menu was opened. */
export function newNoteEntries(session: CanvasSession, model: CanvasModel): readonly MenuEntry[] {
  const { x, y } = placeOfMenu(model);
  return [entry(model, "Add Note", "N", () => openOverlay(session, { kind: "new-note", x, y }))];
}

/** What a stage, or all that are selected with it, can have on the canvas besides a place. */
export function stageNoteEntries(
  session: CanvasSession,
  model: CanvasModel,
  stage: StageItem,
): readonly MenuEntry[] {
  const selected = selectedStages(model);
  const stages = selected.includes(stage) ? selected : [stage];
  const ids = stages.map(({ card }) => card.id);
  const group = stages.length > 1 ? "Group Selection" : "Group";
  return [
    { ...entry(model, group, "", () => groupStages(session, stages)), startsGroup: true },
    colorsEntry(session, model, ids),
  ];
}

/** What can be done with a note or a group. */
export function noteEntries(session: CanvasSession, model: CanvasModel, id: string): readonly MenuEntry[] {
  const item = annotationOf(session, id);
  if (item === undefined) return [];
  const isNote = item.kind === "note";
  const remove = entry(model, isNote ? "Delete Note" : "Ungroup", "Del", () => deleteAnnotation(session, id));
  return [
    entry(model, isNote ? "Edit Note" : "Rename Group…", "F2", () => beginNoteText(session, id)),
    colorsEntry(session, model, [id]),
    { ...remove, startsGroup: true },
  ];
}

/** The colours to choose from. */
export function colorEntries(session: CanvasSession, ids: readonly string[]): readonly MenuEntry[] {
  const model = session.store.get();
  return [
    entry(model, "No Colour", "", () => setColors(session, ids, null)),
    ...noteColors.map((color) => ({
      ...entry(model, `${color.charAt(0).toUpperCase()}${color.slice(1)}`, "", () =>
        setColors(session, ids, color),
      ),
      swatch: color,
    })),
  ];
}

function colorsEntry(session: CanvasSession, model: CanvasModel, of: readonly string[]): MenuEntry {
  const { x, y } = placeOfMenu(model);
  return entry(model, "Colour…", "", () =>
    openOverlay(session, { kind: "menu", target: { kind: "colors", of }, x, y }),
  );
}

function placeOfMenu({ overlay }: CanvasModel): { readonly x: number; readonly y: number } {
  return overlay.kind === "menu" ? overlay : { x: 0, y: 0 };
}

function entry(model: CanvasModel, label: string, keys: string, act: () => void): MenuEntry {
  return { label, keys, act, blocked: editRefusal(model), startsGroup: false };
}
