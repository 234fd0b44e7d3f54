import type { TextEdit } from "../text-edit.ts";

/** Edits of the text as it is, or why the gesture cannot be done, said to the person who made it. */
export type EditResult =
  | {
      readonly ok: true;
      readonly edits: readonly TextEdit[];
      /** What the person has to know or to look at afterwards; a sentence each. */
      readonly notes?: readonly string[];
    }
  | Refusal;

/** Why an edit cannot be made, for people. */
export interface Refusal {
  readonly ok: false;
  readonly message: string;
}

/** The result of an edit that cannot be made, with the reason for people. */
export function refuse(message: string): Refusal {
  return { ok: false, message };
}

/** The edits in the order of their places, without those that change nothing. */
export function done(edits: readonly TextEdit[]): EditResult {
  const effective = edits.filter(({ length, text }) => length > 0 || text !== "");
  return { ok: true, edits: effective.toSorted((a, b) => a.offset - b.offset) };
}

/** The result with what the person has to know of it. */
export function withNotes(result: EditResult, notes: readonly string[]): EditResult {
  return result.ok && notes.length > 0 ? { ...result, notes } : result;
}
