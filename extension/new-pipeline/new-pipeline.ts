import * as vscode from "vscode";
import { activePipeline } from "../active-pipeline.ts";
import { Refusal } from "../edge.ts";
import { CANVAS_VIEW_TYPE } from "../identifiers.ts";
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
  await vscode.commands.executeCommand("vscode.openWith", target.uri, CANVAS_VIEW_TYPE);
}

interface Target {
  readonly uri: vscode.Uri;
  readonly name: string;
}

async function askWhere(near: vscode.Uri | undefined): Promise<Target | undefined> {
  const folder = await folderFor(near);
  if (folder === undefined) return await askOutsideWorkspace();
  const typed = await vscode.window.showInputBox({
    title: "New Pipeline",
    prompt: `The name of the pipeline. Its file will be in ${vscode.workspace.asRelativePath(folder)}.`,
    placeHolder: "summarize-feedback",
    validateInput: async (value) => {
      const name = pipelineName(value);
      // An empty box is no mistake while nothing was typed yet.
      if (value === "") return null;
      return (
        nameFault(name) ?? ((await isThere(fileIn(folder, name))) ? "There is a file of this name." : null)
      );
    },
  });
  if (typed === undefined) return undefined;
  const name = pipelineName(typed);
  const fault = nameFault(name);
  if (fault !== null) throw new Refusal(`No pipeline was made. ${fault}`);
  return { uri: fileIn(folder, name), name };
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
  const name = pipelineName(typed.endsWith(".json") ? typed : pipelineFile(typed));
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

function fileIn(folder: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, pipelineFile(name));
}

async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}
