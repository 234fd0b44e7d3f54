import * as vscode from "vscode";
import { CANVAS_VIEW_TYPE, LANGUAGE_ID } from "./identifiers.ts";

/** The file of the active canvas or text editor when it is a pipeline; undefined when it is something else. */
export function activePipeline(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputCustom && input.viewType === CANVAS_VIEW_TYPE) return input.uri;
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined && isPipeline(editor.document)) return editor.document.uri;
  return undefined;
}

/** Whether breakpoints, language server and debugger bind to this document. */
export function isPipeline(document: vscode.TextDocument): boolean {
  return document.languageId === LANGUAGE_ID;
}
