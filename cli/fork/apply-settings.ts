import { applyTextEdits, parsePipeline, setValue } from "#core/pipeline";
import type { Json } from "#core/ports";
import { UnusableInput } from "../command.ts";
import { putAt } from "./put-at.ts";
import type { Setting } from "./read-settings.ts";

/** The text with what settings say of stages. Throws {@link UnusableInput} for a stage that the file does not have. */
export function editText(text: string, settings: readonly Setting[]): string {
  let edited = text;
  for (const setting of settings) {
    if (setting.kind !== "stage") continue;
    const result = setValue(parsePipeline(edited), setting.stage, setting.path, setting.value);
    if (!result.ok)
      throw new UnusableInput(
        `--set ${setting.written}: ${result.message} For a stage of another file, edit that and use --pipeline.`,
      );
    edited = applyTextEdits(edited, result.edits);
  }
  return edited;
}

/** The input with what settings say of it. */
export function editInput(input: Json, settings: readonly Setting[]): Json {
  let edited = input;
  for (const setting of settings)
    if (setting.kind === "input") edited = putAt(edited, setting.path, setting.value, setting.written);
  return edited;
}

/** The output of a stage with what settings say of it; undefined where they say nothing. */
export function editOutput(stage: string, output: Json, settings: readonly Setting[]): Json | undefined {
  let edited: Json | undefined;
  for (const setting of settings)
    if (setting.kind === "output" && setting.stage === stage)
      edited = putAt(edited ?? output, setting.path, setting.value, setting.written);
  return edited;
}
