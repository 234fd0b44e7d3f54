import * as assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";

/** The folder that VS Code has open for these tests. */
export function workspaceFolder(): vscode.WorkspaceFolder {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, "the tests need a window with a folder");
  return folder;
}

/** Writes a file into the workspace and gives its address. */
export function writeFile(name: string, content: string | Uint8Array): vscode.Uri {
  const file = path.join(workspaceFolder().uri.fsPath, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return vscode.Uri.file(file);
}

export function readBytes(uri: vscode.Uri): Buffer {
  return readFileSync(uri.fsPath);
}

/** Resolves when `check` gives something; it is asked now and after each of the events. The test's time limit ends it. */
export async function eventually<T>(
  check: () => T | undefined,
  ...events: readonly ((listener: () => void) => vscode.Disposable)[]
): Promise<T> {
  const now = check();
  if (now !== undefined) return now;
  return await new Promise<T>((resolve) => {
    const subscriptions = events.map((listen) =>
      listen(() => {
        const found = check();
        if (found === undefined) return;
        vscode.Disposable.from(...subscriptions).dispose();
        resolve(found);
      }),
    );
  });
}

/** The tab in front. */
export function activeInput(): unknown {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input;
}

/** Resolves when the canvas of the file is the tab in front. */
export async function canvasInFront(uri: vscode.Uri): Promise<void> {
  await eventually(
    () => {
      const input = activeInput();
      return input instanceof vscode.TabInputCustom &&
        input.viewType === "flowmason.canvas" &&
        sameFile(input.uri, uri)
        ? true
        : undefined;
    },
    vscode.window.tabGroups.onDidChangeTabs,
    vscode.window.tabGroups.onDidChangeTabGroups,
  );
}

/** Opens the file on the canvas. */
export async function openCanvas(uri: vscode.Uri): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand("vscode.openWith", uri, "flowmason.canvas");
  await canvasInFront(uri);
  return await vscode.workspace.openTextDocument(uri);
}

/** Closes every tab, throws unsaved text away, and removes all breakpoints. */
export async function cleanUp(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    // Not VS Code's own, which is settings that it writes just now.
    if (document.isDirty && vscode.workspace.getWorkspaceFolder(document.uri) !== undefined) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    }
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
}

export function sameFile(left: vscode.Uri, right: vscode.Uri): boolean {
  return left.toString() === right.toString();
}

/** The whole text replaced, as by typing. */
export async function edit(document: vscode.TextDocument, replace: (text: string) => string): Promise<void> {
  const change = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  change.replace(document.uri, all, replace(document.getText()));
  assert.ok(await vscode.workspace.applyEdit(change));
}

/** Three stages in a row, a line per brace. */
export const threeStages = `{
  "id": "three",
  "stages": [
    {
      "id": "first",
      "component_type": "logger",
      "config": { "message": "one" }
    },
    {
      "id": "second",
      "component_type": "logger",
      "config": { "message": "two" },
      "depends_on": ["first"]
    },
    {
      "id": "third",
      "component_type": "logger",
      "config": { "message": "three" },
      "depends_on": ["second"]
    }
  ]
}
`;

/** The line, from 0, of the brace that opens a stage of such a text. */
export function openingLine(text: string, stage: string): number {
  const lines = text.split("\n");
  const line = lines.findIndex((written) => written.includes(`"id": "${stage}"`));
  assert.notEqual(line, -1, `no stage ${stage}`);
  return line - 1;
}
