import * as vscode from "vscode";
import type { EditResult, PipelineDocument, TextEdit } from "#core/pipeline";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";

/** Whether the change is in the text now, with what the user has to know of it; if not, why, for the user. */
export type EditOutcome =
  | { readonly ok: true; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** What is to become of a text, and of other files with it. */
export type PlannedChange = EditResult & {
  readonly newFile?: NewFile;
  readonly others?: readonly OtherChange[];
};

/** What becomes of another text in the same step. */
export interface OtherChange {
  readonly document: vscode.TextDocument;
  readonly edits: readonly TextEdit[];
}

export interface NewFile {
  readonly uri: vscode.Uri;
  readonly text: string;
}

/** Applies changes to documents, one at a time per document, each as one undo step. */
export type EditQueue = (
  document: vscode.TextDocument,
  plan: (current: PipelineDocument) => PlannedChange,
) => Promise<EditOutcome>;

/** A queue in which nothing waits. */
export function createEditQueue(texts: PipelineTexts): EditQueue {
  const tails = new WeakMap<vscode.TextDocument, Promise<unknown>>();
  return (document, plan) => {
    const turn = (tails.get(document) ?? Promise.resolve()).then(() => apply(texts, document, plan));
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
  plan: Parameters<EditQueue>[1],
): Promise<EditOutcome> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // An edit names stages, not offsets, so it is worked out on the text as it is now, whatever the canvas looked at.
    const result = plan(texts.read(document));
    if (!result.ok) return result;
    const { edits, notes = [], newFile, others = [] } = result;
    if (edits.length === 0) return { ok: true, notes };
    const change = new vscode.WorkspaceEdit();
    if (newFile !== undefined) {
      const contents = new TextEncoder().encode(newFile.text);
      change.createFile(newFile.uri, { overwrite: false, contents });
    }
    for (const each of [{ document, edits }, ...others]) change.set(each.document.uri, vscodeEdits(each));
    // VS Code refuses when the text has moved on since `document` was read: then once more.
    // Files that are open nowhere are saved with it, as VS Code does it when it renames.
    const metadata = { isRefactoring: others.length > 0 };
    if (await vscode.workspace.applyEdit(change, metadata)) return { ok: true, notes };
    // The file may have been written all the same, or have been there: neither is to be written over.
    if (newFile !== undefined) return { ok: false, message: refusedWith(newFile) };
  }
  return { ok: false, message: "VS Code refused the edit because the text kept changing. Try again." };
}

function vscodeEdits({ document, edits }: OtherChange): vscode.TextEdit[] {
  return edits.map(({ offset, length, text }) =>
    vscode.TextEdit.replace(
      new vscode.Range(document.positionAt(offset), document.positionAt(offset + length)),
      text,
    ),
  );
}

function refusedWith({ uri }: NewFile): string {
  return `VS Code refused to write ${vscode.workspace.asRelativePath(uri)} and to change this file. Look whether the first is there now, and delete it if nothing names it; then try again.`;
}
