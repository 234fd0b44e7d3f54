import { type CanvasEdit, editPipeline } from "#core/pipeline";
import { editRefusal } from "../model/canvas-model.ts";
import { parentOf } from "../model/inherited.ts";
import type { CanvasSession } from "./canvas-session.ts";

/** Why an edit cannot be done now, for the user; null when it can. */
export function whyNotNow(session: CanvasSession, edit: CanvasEdit): string | null {
  const model = session.store.get();
  const refusal = editRefusal(model);
  if (refusal !== null || model.document === null) return refusal;
  const { shown, inherited } = model.document;
  const result = editPipeline(shown, edit, parentOf(shown, inherited));
  return result.ok ? null : result.message;
}

/** Does an edit and has a screen reader say what was done; why one cannot be done is told. */
export function editAloud(session: CanvasSession, edit: CanvasEdit, words: string): "done" | "refused" {
  const refusal = whyNotNow(session, edit);
  if (refusal !== null) {
    session.tell("error", refusal);
    return "refused";
  }
  session.edit(edit);
  session.announce(words);
  return "done";
}
