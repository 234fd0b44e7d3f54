import { parsePipeline } from "../document/parse-pipeline.ts";
import type { PipelineDocument } from "../model.ts";
import { applyTextEdits, type TextEdit } from "../text-edit.ts";
import { composeEdits } from "./compose-edits.ts";
import { done, type EditResult, withNotes } from "./edit-result.ts";

/** A part of an edit, worked out on the text that the parts before it made. */
export type EditStep = (document: PipelineDocument) => EditResult;

/**
 * Does steps of which none touches what another does, each on the text as it is, and gives them as one list of edits:
 * the text is read once, however many they are. Refused when one is refused.
 */
export function atOnce(document: PipelineDocument, steps: readonly EditStep[]): EditResult {
  const edits: TextEdit[] = [];
  const notes: string[] = [];
  for (const step of steps) {
    const result = step(document);
    if (!result.ok) return result;
    notes.push(...(result.notes ?? []));
    edits.push(...result.edits);
  }
  return withNotes(done(edits), notes);
}

/** Does steps one after another and gives them as edits of the text before the first. Refused when one is refused. */
export function inSteps(document: PipelineDocument, steps: readonly EditStep[]): EditResult {
  let current = document;
  let edits: readonly TextEdit[] = [];
  const notes: string[] = [];
  for (const step of steps) {
    const result = step(current);
    if (!result.ok) return result;
    notes.push(...(result.notes ?? []));
    if (result.edits.length === 0) continue;
    edits = composeEdits(document.text.length, edits, result.edits);
    current = parsePipeline(applyTextEdits(current.text, result.edits), current, result.edits);
  }
  return withNotes(done(edits), notes);
}
