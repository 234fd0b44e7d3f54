import { applyTextEdits, parsePipeline, setValue } from "#core/pipeline";
import type { Json } from "#core/ports";
import { EditFault } from "./edit-fault.ts";
import { putAt } from "./put-at.ts";
import type { RunEdit } from "./read-edit.ts";

/** The text with what edits say of stages. Throws {@link EditFault} for a stage that the file does not have. */
export function editText(text: string, edits: readonly RunEdit[]): string {
  let edited = text;
  for (const edit of edits) {
    if (edit.kind !== "stage") continue;
    const result = setValue(parsePipeline(edited), edit.stage, edit.path, edit.value);
    if (!result.ok) throw new EditFault("file", edit.written, result.message);
    edited = applyTextEdits(edited, result.edits);
  }
  return edited;
}

/** The input with what edits say of it. */
export function editInput(input: Json, edits: readonly RunEdit[]): Json {
  let edited = input;
  for (const edit of edits)
    if (edit.kind === "input") edited = putAt(edited, edit.path, edit.value, edit.written);
  return edited;
}

/** The output of a stage with what edits say of it; undefined where they say nothing. */
export function editOutput(stage: string, output: Json, edits: readonly RunEdit[]): Json | undefined {
  let edited: Json | undefined;
  for (const edit of edits)
    if (edit.kind === "output" && edit.stage === stage)
      edited = putAt(edited ?? output, edit.path, edit.value, edit.written);
  return edited;
}
