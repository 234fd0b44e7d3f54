import * as vscode from "vscode";
import { activePipeline } from "../active-pipeline.ts";
import { Refusal } from "../edge.ts";
import { showOnCanvas } from "../open-as.ts";
import { askName, fileIn, isThere, type Target } from "./ask-name.ts";
import { nameFault, pipelineFile, pipelineName, textFor } from "./pipeline-name.ts";
import { TEMPLATES } from "./templates.ts";

/**
 * Asks what to begin with and for a name, writes the file, and shows it on the canvas. `near` is what the command was
 * started on: a folder, or a file in it. Nothing is written when the user leaves either question, or when there is a
 * file of that name.
 */
export async function newPipeline(extensionUri: vscode.Uri, near: vscode.Uri | undefined): Promise<void> {
  const template = await vscode.window.showQuickPick(
    TEMPLATES.map(({ label, icon, detail, file }) => ({
      label: `$(${icon}) ${label}`,
      description: detail,
      file,
    })),
    { title: "New Pipeline", placeHolder: "What to begin with" },
  );
  if (template === undefined) return;
  const target = await askWhere(near);
  if (target === undefined) return;
  const source = vscode.Uri.joinPath(extensionUri, "extension", "templates", pipelineFile(template.file));
  const text = textFor(new TextDecoder().decode(await vscode.workspace.fs.readFile(source)), target.name);
  const change = new vscode.WorkspaceEdit();
  change.createFile(target.uri, { overwrite: false, contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(change))) {
    throw new Refusal(
      `${target.uri.path} could not be written. Look whether the folder may be written to, or choose another name.`,
    );
  }
  await showOnCanvas(target.uri);
}

async function askWhere(near: vscode.Uri | undefined): Promise<Target | undefined> {
  const folder = await folderFor(near);
  if (folder === undefined) return await askOutsideWorkspace();
  return await askName(folder, "New Pipeline", "summarize-feedback");
}

/** Without a folder there is only VS Code's own dialog to say where. */
async function askOutsideWorkspace(): Promise<Target | undefined> {
  const uri = await vscode.window.showSaveDialog({
    title: "New Pipeline",
    saveLabel: "Create",
    filters: { Pipelines: ["pipeline.json"] },
  });
  if (uri === undefined) return undefined;
  const typed = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const name = pipelineName(typed);
  const fault = nameFault(name);
  if (fault !== null) throw new Refusal(`No pipeline was made. ${fault}`);
  return { uri: fileIn(vscode.Uri.joinPath(uri, ".."), name), name };
}

/** Where a new pipeline belongs: where the command was started, beside the active pipeline, else in the workspace. */
async function folderFor(near: vscode.Uri | undefined): Promise<vscode.Uri | undefined> {
  if (near !== undefined) {
    const { type } = await vscode.workspace.fs.stat(near);
    return (type & vscode.FileType.Directory) === 0 ? vscode.Uri.joinPath(near, "..") : near;
  }
  const active = activePipeline();
  if (active !== undefined && vscode.workspace.getWorkspaceFolder(active) !== undefined) {
    return vscode.Uri.joinPath(active, "..");
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const root = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick() : folders[0];
  if (root === undefined) {
    if (folders.length > 1) throw new vscode.CancellationError();
    return undefined;
  }
  const pipelines = vscode.Uri.joinPath(root.uri, "pipelines");
  return (await isThere(pipelines)) ? pipelines : root.uri;
}
