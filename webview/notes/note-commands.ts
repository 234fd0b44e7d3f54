import type { CanvasEdit } from "#core/pipeline";
import type { NoteColor, PlacedAnnotation } from "../graph/annotations.ts";
import { repeatedIdMessage } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import { editRefusal } from "../model/canvas-model.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { closeOverlay, openOverlay } from "../session/commands.ts";

/** The note or group with a line in `layout`. */
export function annotationOf(session: CanvasSession, id: string): PlacedAnnotation | undefined {
  return session.store.get().document?.graph.annotations.all.find((item) => item.id === id);
}

/** Begins to write the text of a note or the title of a group, where that is possible. */
export function beginNoteText(session: CanvasSession, note: string): void {
  const refusal = editRefusal(session.store.get());
  if (refusal === null) openOverlay(session, { kind: "note-text", note });
  else session.tell("error", refusal);
}

/** Ends it; null and what was there before change nothing, and neither does nothing at all. */
export function finishNoteText(session: CanvasSession, note: PlacedAnnotation, written: string | null): void {
  closeOverlay(session);
  const text = written?.trim() ?? "";
  if (text === "" || text === note.text) return;
  const fields = note.kind === "note" ? { text } : { title: text };
  session.edit({ kind: "set-layout", ids: [note.id], fields });
}

/** Ends the writing of a new note at a place of the graph; one without text is none. */
export function finishNewNote(session: CanvasSession, position: Point, written: string | null): void {
  closeOverlay(session);
  const text = written?.trim() ?? "";
  if (text !== "") session.edit({ kind: "add-note", text, position, size: null, color: null });
}

/** Moves a note by some pixels of the graph. */
export function moveNote(session: CanvasSession, { id, box }: PlacedAnnotation, by: Point): void {
  const x = Math.round(box.x + by.x);
  const y = Math.round(box.y + by.y);
  session.edit({ kind: "move-stages", moves: [{ stage: id, x, y }] });
}

/** Makes stages a group, and begins to write its title. */
export function groupStages(session: CanvasSession, stages: readonly StageItem[]): void {
  const repeated = stages.find((stage) => stage.repeated);
  if (repeated !== undefined) {
    session.tell("error", repeatedIdMessage(repeated));
    return;
  }
  const idsOf = (): readonly string[] =>
    session.store.get().document?.graph.annotations.all.map(({ id }) => id) ?? [];
  const before = new Set(idsOf());
  const ids = stages.map(({ card }) => card.id);
  session.edit({ kind: "add-group", title: "Group", stages: ids, color: null });
  const added = idsOf().find((id) => !before.has(id));
  if (added !== undefined) openOverlay(session, { kind: "note-text", note: added });
}

/** Gives stages, notes and groups a colour, or the usual one where it is null. */
export function setColors(session: CanvasSession, ids: readonly string[], color: NoteColor | null): void {
  const edit: CanvasEdit = { kind: "set-layout", ids, fields: { color } };
  session.edit(edit);
}

/** Deletes a note; of a group the frame, and not its stages. */
export function deleteAnnotation(session: CanvasSession, id: string): void {
  session.edit({ kind: "delete-stages", stages: [id] });
}
