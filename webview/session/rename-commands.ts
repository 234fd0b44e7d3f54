import type { CanvasEdit } from "#core/pipeline";
import { onlyStage, selectedStageIds } from "../model/selection.ts";
import type { CanvasSession } from "./canvas-session.ts";
import type { EditAnswer } from "./edit-queue.ts";
import { inheritedRefusal } from "./inherited-commands.ts";
import { closeOverlay, openOverlay } from "./overlay-commands.ts";
import { editableStage, stageItem } from "./stage-of-key.ts";

/** Begins to rename a stage, where that is possible. */
export function beginRename(session: CanvasSession, key: string, what: "name" | "id"): void {
  const stage = editableStage(session, key);
  const refusal = stage === null || what === "name" ? null : inheritedRefusal([stage], "given another id");
  if (refusal !== null) session.tell("error", refusal);
  else if (stage !== null) openOverlay(session, { kind: "rename", stage: key, what });
}

/** Ends the renaming of a name or an id; one that is empty or as before changes nothing. */
export function finishRename(session: CanvasSession, key: string, written: string): void {
  const { overlay } = session.store.get();
  closeOverlay(session);
  const stage = stageItem(session, key);
  const name = written.trim();
  if (stage === null || name === "" || overlay.kind !== "rename") return;
  if (overlay.what === "id") {
    const { id } = stage.card;
    if (name !== ownId(id)) renameStageId(session, { kind: "rename-stage-id", stage: id, to: name }, ignore);
    return;
  }
  if (name !== stage.card.title) session.edit({ kind: "set-stage-name", stage: stage.card.id, name });
}

// What is refused the session tells.
function ignore(): void {}

/** An id without those of the stages around. */
export function ownId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** Gives a stage another id, and keeps it selected under that. */
export function renameStageId(
  session: CanvasSession,
  edit: Extract<CanvasEdit, { kind: "rename-stage-id" }>,
  whenAnswered: (answer: EditAnswer) => void,
): void {
  const isSelected = selectedStageIds(session.store.get()).includes(edit.stage);
  session.edit(edit, whenAnswered);
  const id = edit.stage.slice(0, edit.stage.lastIndexOf("/") + 1) + edit.to;
  const key = session.store.get().document?.graph.keyOf.get(id);
  if (isSelected && key !== undefined)
    session.store.update((model) => ({ ...model, selection: onlyStage(key), focus: key }));
}
