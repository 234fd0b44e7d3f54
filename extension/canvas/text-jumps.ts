import * as vscode from "vscode";
import { stageAt, stageById } from "#core/pipeline";
import { CANVAS_VIEW_TYPE } from "../identifiers.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import { stageRange } from "../texts/stage-lines.ts";
import type { Canvases } from "./canvases.ts";

/**
 * Shows a stage's JSON: in the text editor that already shows the file, else beside the canvas, so that both stay in
 * view (CE-14). The cursor goes to where the stage opens.
 */
export async function revealStageInText(
  texts: PipelineTexts,
  document: vscode.TextDocument,
  id: string,
): Promise<void> {
  const pipeline = texts.read(document);
  const stage = stageById(pipeline, id);
  if (stage === undefined) return;
  const range = stageRange(document, pipeline, stage);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: columnOfText(document) ?? vscode.ViewColumn.Beside,
    preview: false,
  });
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Shows the file as text in the canvas's own tab; the cursor goes to `stage`. */
export async function reopenAsText(
  texts: PipelineTexts,
  document: vscode.TextDocument,
  stage: string | undefined,
): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.reopenTextEditor");
  const editor = vscode.window.activeTextEditor;
  if (stage === undefined || editor?.document.uri.toString() !== document.uri.toString()) return;
  const pipeline = texts.read(document);
  const found = stageById(pipeline, stage);
  if (found === undefined) return;
  const range = stageRange(document, pipeline, found);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Selects on the file's canvases the stage that the text cursor is in. */
export function followCursor(texts: PipelineTexts, canvases: Canvases): vscode.Disposable {
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
    const { document } = textEditor;
    const panels = canvases.of(document.uri).filter(({ webviewPanel }) => webviewPanel.visible);
    const [selection] = selections;
    if (panels.length === 0 || selection === undefined) return;
    const stage = stageAt(texts.read(document), document.offsetAt(selection.active))?.id ?? null;
    for (const panel of panels) panel.reveal(stage);
  });
}

/** The stage the cursor is in, in a text editor of this file that is visible. */
export function stageAtCursor(texts: PipelineTexts, document: vscode.TextDocument): string | null {
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
  if (editor === undefined) return null;
  return stageAt(texts.read(document), document.offsetAt(editor.selection.active))?.id ?? null;
}

function columnOfText(document: vscode.TextDocument): vscode.ViewColumn | undefined {
  const uri = document.uri.toString();
  const groups = vscode.window.tabGroups.all;
  const showing = groups.find(({ tabs, activeTab }) => {
    // A group whose active tab is this canvas would hide it behind the text.
    const active = activeTab?.input;
    if (
      active instanceof vscode.TabInputCustom &&
      active.viewType === CANVAS_VIEW_TYPE &&
      active.uri.toString() === uri
    )
      return false;
    return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri);
  });
  return showing?.viewColumn;
}
