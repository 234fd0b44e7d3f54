import { expect } from "vitest";
import {
  applyTextEdits,
  type CanvasEdit,
  editPipeline,
  type PipelineDocument,
  parsePipeline,
  readingCode,
  type TextEdit,
} from "#core/pipeline";

/** The text after a gesture; throws with the reason when it is refused. */
export function edited(text: string, edit: CanvasEdit): string {
  const result = editPipeline(parsePipeline(text), edit);
  if (!result.ok) throw new Error(result.message);
  return applyTextEdits(text, result.edits);
}

/** Why a gesture is refused; throws when it is not. */
export function refusalOf(text: string, edit: CanvasEdit): string {
  const result = editPipeline(parsePipeline(text), edit);
  if (result.ok) throw new Error(`Not refused: ${JSON.stringify(result.edits)}`);
  return result.message;
}

/**
 * Applies a gesture and checks what is true of each: no new error of syntax, the file's line ends, and that its
 * opposite restores every byte. Null when it is refused, with a reason.
 */
export function followEdit(text: string, edit: CanvasEdit): PipelineDocument | null {
  const before = parsePipeline(text);
  const result = editPipeline(before, edit);
  if (!result.ok) {
    expect(result.message).toMatch(/\w.*[.?]$/s);
    return null;
  }
  const after = applyTextEdits(text, result.edits);
  expect(applyTextEdits(after, inverseOf(text, result.edits))).toBe(text);
  const document = parsePipeline(after);
  expect(syntaxErrors(document), after).toEqual([]);
  expect(document.broken, after).toBe(false);
  if (/\n/.test(text) && !/[^\r]\n/.test(text)) expect(after).not.toMatch(/[^\r]\n/);
  return document;
}

/** The edits that undo edits of a text. */
export function inverseOf(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return edits
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, length, text: added }) => {
      const inverse = {
        offset: offset + shift,
        length: added.length,
        text: text.slice(offset, offset + length),
      };
      shift += added.length - length;
      return inverse;
    });
}

/** The pieces of a text that a gesture takes away or replaces; throws when it is refused. */
export function removedBy(text: string, edit: CanvasEdit): readonly string[] {
  const result = editPipeline(parsePipeline(text), edit);
  if (!result.ok) throw new Error(result.message);
  return result.edits.flatMap(({ offset, length }) =>
    length === 0 ? [] : [text.slice(offset, offset + length)],
  );
}

function syntaxErrors({ problems }: PipelineDocument): readonly string[] {
  return problems.filter(({ code }) => code === readingCode.jsonSyntax).map(({ message }) => message);
}
