import * as vscode from "vscode";
import { activePipeline } from "./active-pipeline.ts";
import { Refusal } from "./edge.ts";
import { CANVAS_VIEW_TYPE, LANGUAGE_ID } from "./identifiers.ts";

/** Shows `uri`, or the active JSON text, on the canvas, in the place of its text tab. The bytes stay as they are. */
export async function openAsPipeline(uri: vscode.Uri | undefined): Promise<void> {
  const target = uri ?? activePipeline() ?? vscode.window.activeTextEditor?.document.uri;
  if (target === undefined) throw new Refusal("Open a JSON file first, then use Open as Pipeline.");
  await bindLanguage(await vscode.workspace.openTextDocument(target));
  if (isActiveText(target)) await vscode.commands.executeCommand("reopenActiveEditorWith", CANVAS_VIEW_TYPE);
  if (!isActiveCanvas(target)) await showOnCanvas(target);
}

/** Shows a pipeline on a canvas. */
export async function showOnCanvas(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", uri, CANVAS_VIEW_TYPE);
}

/** Gives a document our language, so that everything of ours binds to it. */
export async function bindLanguage(document: vscode.TextDocument): Promise<void> {
  if (document.languageId !== LANGUAGE_ID)
    await vscode.languages.setTextDocumentLanguage(document, LANGUAGE_ID);
}

function isActiveText(uri: vscode.Uri): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}

function isActiveCanvas(uri: vscode.Uri): boolean {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return (
    input instanceof vscode.TabInputCustom &&
    input.viewType === CANVAS_VIEW_TYPE &&
    input.uri.toString() === uri.toString()
  );
}
