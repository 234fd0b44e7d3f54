import { type LineIndex, lineIndex, type PipelineDocument } from "#core/pipeline";

const known = new WeakMap<PipelineDocument, LineIndex>();

/** The lines of a document, counted once however many places in it are asked for. */
export function linesOf(document: PipelineDocument): LineIndex {
  const before = known.get(document);
  if (before !== undefined) return before;
  const lines = lineIndex(document.text);
  known.set(document, lines);
  return lines;
}
