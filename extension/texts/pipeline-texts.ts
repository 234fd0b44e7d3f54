import * as vscode from "vscode";
import { type PipelineDocument, parsePipeline, type TextEdit } from "#core/pipeline";
import type { ReadChange } from "./follow-stage.ts";

/** A change of a pipeline's text, read before and after. */
export interface PipelineTextChange extends ReadChange {
  readonly document: vscode.TextDocument;
  readonly baseVersion: number;
}

/** What the open pipeline texts say, read incrementally: a keystroke costs its stage and not the file. */
export interface PipelineTexts extends vscode.Disposable {
  /** The document as it is now. */
  read(document: vscode.TextDocument): PipelineDocument;
  /** Fires after each change of a text that was read before. */
  readonly onDidChange: vscode.Event<PipelineTextChange>;
}

/** Reads the pipelines that are open until it is disposed of. */
export function createPipelineTexts(): PipelineTexts {
  // VS Code makes a new document object when a file is opened again, so what is closed goes by itself.
  const known = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly pipeline: PipelineDocument }
  >();
  const changed = new vscode.EventEmitter<PipelineTextChange>();

  const remember = (document: vscode.TextDocument, pipeline: PipelineDocument): PipelineDocument => {
    known.set(document, { version: document.version, pipeline });
    return pipeline;
  };

  const onChange = ({ document, contentChanges }: vscode.TextDocumentChangeEvent): void => {
    const before = known.get(document);
    // VS Code also tells of a change when only the dirty mark has changed.
    if (before === undefined || before.version === document.version) return;
    const text = document.getText();
    const edits = editsTo(before.pipeline.text, text, contentChanges);
    const after = remember(document, parsePipeline(text, before.pipeline, edits));
    changed.fire({ document, baseVersion: before.version, before: before.pipeline, after, edits });
  };

  const subscriptions = vscode.Disposable.from(changed, vscode.workspace.onDidChangeTextDocument(onChange));

  return {
    read(document) {
      const found = known.get(document);
      if (found?.version === document.version) return found.pipeline;
      return remember(document, parsePipeline(document.getText(), found?.pipeline));
    },
    onDidChange: changed.event,
    dispose: () => subscriptions.dispose(),
  };
}

/** The edits that VS Code tells of; should they not add up to the new text, the one that replaces it whole. */
function editsTo(
  before: string,
  after: string,
  changes: readonly vscode.TextDocumentContentChangeEvent[],
): readonly TextEdit[] {
  const growth = changes.reduce((sum, { rangeLength, text }) => sum + text.length - rangeLength, 0);
  if (before.length + growth !== after.length) return [{ offset: 0, length: before.length, text: after }];
  return changes.map(({ rangeOffset, rangeLength, text }) => ({
    offset: rangeOffset,
    length: rangeLength,
    text,
  }));
}
