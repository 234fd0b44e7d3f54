import type { CanvasEdit } from "#core/pipeline";
import type { NoteColor, PlacedAnnotation, PlacedGroup, PlacedNote } from "../graph/annotations.ts";
import { repeatedIdMessage } from "../graph/connection-rule.ts";
import type { StageItem } from "../graph/outline.ts";
import type { Point } from "../graph/spatial-index.ts";
import { editRefusal } from "../model/canvas-model.ts";
import type { CanvasSession } from "../session/canvas-session.ts";
import { nudgeStages } from "../session/move-commands.ts";
import { closeOverlay, openOverlay } from "../session/overlay-commands.ts";

/** The smallest a note can be made, in pixels of the graph. */
const SMALLEST = { width: 80, height: 44 };

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
export function moveNote(session: CanvasSession, { id, box }: PlacedNote, by: Point): void {
  const x = Math.round(box.x + by.x);
  const y = Math.round(box.y + by.y);
  session.edit({ kind: "move-stages", moves: [{ stage: id, x, y }] });
}

/** How large a note is when it is made larger by some pixels. */
export function sizeOf({ box }: PlacedNote, by: Point): { readonly width: number; readonly height: number } {
  return {
    width: Math.max(SMALLEST.width, Math.round(box.width + by.x)),
    height: Math.max(SMALLEST.height, Math.round(box.height + by.y)),
  };
}

/** Makes a note larger by some pixels, or smaller. */
export function resizeNote(session: CanvasSession, note: PlacedNote, by: Point): void {
  const { width, height } = sizeOf(note, by);
  if (width === note.box.width && height === note.box.height) return;
  session.edit({ kind: "set-layout", ids: [note.id], fields: { width, height } });
}

/** Moves the stages of a group by some pixels, in one edit; its frame is around them. */
export function moveGroup(session: CanvasSession, group: PlacedGroup, by: Point): void {
  nudgeStages(session, stagesOfGroup(session, group), by);
}

/** The stages that move when a group does: those inside another one of it move with that. */
export function stagesOfGroup(session: CanvasSession, { stages }: PlacedGroup): readonly StageItem[] {
  const graph = session.store.get().document?.graph;
  const keys = new Set(stages.map((id) => graph?.keyOf.get(id) ?? ""));
  const isInside = (parent: string | null): boolean => {
    for (let at = parent; at !== null; at = graph?.items.get(at)?.parent ?? null)
      if (keys.has(at)) return true;
    return false;
  };
  return Array.from(keys).flatMap((key) => {
    const item = graph?.items.get(key);
    return item?.kind === "stage" && !isInside(item.parent) ? [item] : [];
  });
}

/** Begins a new note: under the stage that has the keyboard, or in the middle of the canvas, which is `canvas`. */
export function beginNote(session: CanvasSession, canvas: HTMLElement): void {
  const refusal = editRefusal(session.store.get());
  if (refusal !== null) {
    session.tell("error", refusal);
    return;
  }
  const { focus } = session.store.get();
  const stage = focus === null ? null : canvas.querySelector(`[data-key="${CSS.escape(focus)}"]`);
  const under = stage?.getBoundingClientRect();
  const around = canvas.getBoundingClientRect();
  const middle = { x: around.left + around.width / 2 - 100, y: around.top + around.height / 2 - 48 };
  const at = under === undefined ? middle : { x: under.left, y: under.bottom + 16 };
  openOverlay(session, { kind: "new-note", x: at.x, y: at.y });
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
