import { parsePipeline } from "../document/parse-pipeline.ts";
import type { PipelineDocument } from "../model.ts";
import { done, type EditResult } from "./edit-result.ts";
import { beginsLine } from "./surroundings.ts";
import { writingStyleOf } from "./writing-style.ts";

/** Whether a file says nothing yet: it is empty, or holds blanks and comments only. */
export function saysNothing({ text, tree }: PipelineDocument): boolean {
  return tree.root === null && !parsePipeline(`${text}\n{}`).broken;
}

/** Begins a pipeline in a file that says nothing yet, after its comments. */
export function startFile(document: PipelineDocument): EditResult {
  const { text } = document;
  const { eol } = writingStyleOf(document);
  const blank = text.trim() === "";
  const open = blank || beginsLine(text, text.length) ? "" : eol;
  return done([
    { offset: blank ? 0 : text.length, length: blank ? text.length : 0, text: `${open}{}${eol}` },
  ]);
}
