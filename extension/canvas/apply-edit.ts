import * as vscode from "vscode";
import { type CanvasEdit, editPipeline } from "#core/pipeline";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";

/** Whether the gesture is in the text now; if not, why, for the user. */
export type EditOutcome = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** Applies gestures to documents, one at a time per document, each as one undo step. */
export function createEditQueue(
  texts: PipelineTexts,
): (document: vscode.TextDocument, edit: CanvasEdit) => Promise<EditOutcome> {
  const tails = new WeakMap<vscode.TextDocument, Promise<unknown>>();
  return (document, edit) => {
    const turn = (tails.get(document) ?? Promise.resolve()).then(() => apply(texts, document, edit));
    tails.set(
      document,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

const ATTEMPTS = 3;

async function apply(
  texts: PipelineTexts,
  document: vscode.TextDocument,
  edit: CanvasEdit,
): Promise<EditOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // An edit names stages, not offsets, so it is worked out on the text as it is now, whatever the canvas looked at.
    const result = editPipeline(texts.read(document), edit);
    if (!result.ok) return result;
    if (result.edits.length === 0) return { ok: true };
    const change = new vscode.WorkspaceEdit();
    change.set(
      document.uri,
      result.edits.map(({ offset, length, text }) =>
        vscode.TextEdit.replace(
          new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
          text,
        ),
      ),
    );
    // VS Code refuses when the text has moved on since `document` was read: then once more.
    if (await vscode.workspace.applyEdit(change)) return { ok: true };
  }
  return { ok: false, message: "VS Code refused the edit because the text kept changing. Try again." };
}
