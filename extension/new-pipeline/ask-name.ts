import * as vscode from "vscode";
import { Refusal } from "../edge.ts";
import { nameFault, pipelineFile, pipelineName } from "./pipeline-name.ts";

/** A pipeline that is to be made. */
export interface Target {
  readonly uri: vscode.Uri;
  readonly name: string;
}

/** Asks for the name of a pipeline that is to be made in a folder; undefined when the user leaves. */
export async function askName(
  folder: vscode.Uri,
  title: string,
  example: string,
): Promise<Target | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: `The name of the pipeline. Its file will be in ${vscode.workspace.asRelativePath(folder)}.`,
    placeHolder: example,
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

/** The file of a pipeline of that name. */
export function fileIn(folder: vscode.Uri, name: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, pipelineFile(name));
}

export async function isThere(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === "FileNotFound") return false;
    throw error;
  }
}
