import * as vscode from "vscode";
import { type PipelineDocument, stageAt } from "#core/pipeline";
import { isPipeline } from "../active-pipeline.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import type { Canvases } from "./canvases.ts";

/** Where the text cursors are, in stages. */
export interface TextCursors extends vscode.Disposable {
  /** The stage the cursor of the file's text is or last was in; null outside all stages, or when it never was open. */
  stageIn(document: vscode.TextDocument): string | null;
}

/** Follows the cursors, and selects on the file's visible canvases the stage that one moves into (CE-14). */
export function followTextCursors(texts: PipelineTexts, canvases: Canvases): TextCursors {
  const offsets = new WeakMap<vscode.TextDocument, number>();

  const stageIn = (document: vscode.TextDocument): string | null => {
    const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
    const offset = editor === undefined ? offsets.get(document) : document.offsetAt(editor.selection.active);
    if (offset === undefined) return null;
    const pipeline = texts.read(document);
    return stageAt(pipeline, offset)?.id ?? overrideAt(pipeline, offset);
  };

  const subscription = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    const { document } = textEditor;
    const [selection] = selections;
    if (selection === undefined || !isPipeline(document)) return;
    offsets.set(document, document.offsetAt(selection.active));
    const panels = canvases.of(document.uri).filter(({ webviewPanel }) => webviewPanel.visible);
    if (panels.length === 0) return;
    const stage = stageIn(document);
    for (const panel of panels) panel.reveal(stage);
  });

  return { stageIn, dispose: () => subscription.dispose() };
}

/** The inherited stage that the file changes there. */
function overrideAt({ pipeline }: PipelineDocument, offset: number): string | null {
  const found = pipeline.overrides.find(
    ({ keySpan, value }) => keySpan.start <= offset && offset <= value.span.end,
  );
  return found?.key ?? null;
}
