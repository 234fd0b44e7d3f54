import * as vscode from "vscode";
import { type PipelineDocument, stageById } from "#core/pipeline";
import { CANVAS_VIEW_TYPE } from "../identifiers.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import { stageRange } from "../texts/stage-lines.ts";

/**
 * Shows a stage's JSON: in the text editor that already shows the file, else beside the canvas, so that both stay in
 * view (CE-14). The cursor goes to where the stage opens.
 */
export async function revealStageInText(
  texts: PipelineTexts,
  document: vscode.TextDocument,
  id: string,
): Promise<void> {
  const range = rangeOf(document, texts.read(document), id);
  const editor = await showBesideCanvas(document, range?.start);
  if (range !== undefined) editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Puts the cursor at a place of the text, in the same editor as {@link revealStageInText}. */
export async function goToPosition(document: vscode.TextDocument, position: vscode.Position): Promise<void> {
  await showBesideCanvas(document, document.validatePosition(position));
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
  showStage(editor, texts.read(document), stage);
}

/** Of a stage that the file inherits, what it changes of it. */
function rangeOf(
  document: vscode.TextDocument,
  pipeline: PipelineDocument,
  id: string,
): vscode.Range | undefined {
  const stage = stageById(pipeline, id);
  if (stage !== undefined) return stageRange(document, pipeline, stage);
  const override = pipeline.pipeline.overrides.find(({ key }) => key === id);
  if (override === undefined) return undefined;
  return new vscode.Range(
    document.positionAt(override.keySpan.start),
    document.positionAt(override.value.span.end),
  );
}

/** The cursor comes with the editor: one that is set once it is shown can be lost to what the editor restores. */
async function showBesideCanvas(
  document: vscode.TextDocument,
  cursor: vscode.Position | undefined,
): Promise<vscode.TextEditor> {
  return await vscode.window.showTextDocument(document, {
    viewColumn: columnOfText(document) ?? vscode.ViewColumn.Beside,
    preview: false,
    ...(cursor === undefined ? {} : { selection: new vscode.Range(cursor, cursor) }),
  });
}

function showStage(editor: vscode.TextEditor, pipeline: PipelineDocument, id: string): void {
  const range = rangeOf(editor.document, pipeline, id);
  if (range === undefined) return;
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
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
