import type { EditOutcome } from "../canvas/apply-edit.ts";
import { Refusal } from "../edge.ts";

/** What the user has to know of an edit that was made; one that was not is thrown as a refusal. */
export function notesOf(outcome: EditOutcome): readonly string[] {
  if (!outcome.ok) throw new Refusal(outcome.message);
  return outcome.notes;
}
