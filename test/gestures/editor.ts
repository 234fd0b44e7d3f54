import { expect } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { applyTextEdits, type PipelineDocument, parsePipeline, type TextEdit } from "#core/pipeline";
import { documentJson } from "../support/document-json.ts";
import { inverseOf } from "../support/edit-text.ts";

interface Step {
  readonly edits: readonly TextEdit[];
  readonly inverse: readonly TextEdit[];
}

/** A text in an editor: read on from change to change, with undo and redo as VS Code has them. */
export interface Editor {
  readonly document: () => PipelineDocument;
  /** Applies edits as one step. */
  apply(edits: readonly TextEdit[]): void;
  /** False when there is nothing to undo. */
  undo(): boolean;
  redo(): boolean;
}

/** An editor with a file in it. */
export function openEditor(text: string): Editor {
  let document = parsePipeline(text);
  const done: Step[] = [];
  const undone: Step[] = [];
  const change = (edits: readonly TextEdit[]): void => {
    const after = asEditorApplies(document.text, edits);
    document = parsePipeline(after, document, edits);
    expect(documentJson(document)).toEqual(documentJson(parsePipeline(after)));
  };
  return {
    document: () => document,
    apply(edits) {
      done.push({ edits, inverse: inverseOf(document.text, edits) });
      undone.length = 0;
      change(edits);
    },
    undo() {
      const step = done.pop();
      if (step === undefined) return false;
      undone.push(step);
      change(step.inverse);
      return true;
    },
    redo() {
      const step = undone.pop();
      if (step === undefined) return false;
      done.push(step);
      change(step.edits);
      return true;
    },
  };
}

/** Edits by lines and columns, as the extension hands them to VS Code; these must come to the same. */
function asEditorApplies(text: string, edits: readonly TextEdit[]): string {
  const document = TextDocument.create("file:///a.pipeline.json", "json", 0, text);
  const after = TextDocument.applyEdits(
    document,
    edits.map(({ offset, length, text: newText }) => ({
      range: { start: document.positionAt(offset), end: document.positionAt(offset + length) },
      newText,
    })),
  );
  expect(after).toBe(applyTextEdits(text, edits));
  return after;
}
