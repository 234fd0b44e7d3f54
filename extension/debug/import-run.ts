import * as path from "node:path";
import * as vscode from "vscode";
import type { ImportedRuns } from "#protocol";
import { Refusal } from "../edge.ts";
import { openRecordedRun } from "./debug-recorded-run.ts";

/** Takes a file of a run or of traces into the workspace that a folder is in. */
export type ImportRun = (folder: vscode.Uri, file: vscode.Uri) => Promise<ImportedRuns>;

/**
 * Takes in a run of elsewhere, from a file that the user chooses unless it is given, and opens it in the debugger; what of
 * it has no place is told. Of several the first is opened. Throws a {@link Refusal} where there is no folder to keep it in.
 */
export async function importRun(
  importFile: ImportRun,
  log: vscode.LogOutputChannel,
  given: vscode.Uri | undefined,
): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = (given && vscode.workspace.getWorkspaceFolder(given)) ?? folders[0];
  if (folder === undefined) throw new Refusal("Open the folder first that the run is to be kept in.");
  if (!vscode.workspace.isTrusted)
    throw new Refusal("This workspace is not trusted: trust it to take runs into it.");
  const file = given ?? (await askForFile(folder.uri));
  if (file === undefined) return;
  let taken: ImportedRuns;
  try {
    taken = await importFile(folder.uri, file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Refusal(`${path.basename(file.fsPath)} cannot be taken in. ${reason}`);
  }
  for (const note of taken.notes) log.info(`importing ${file.fsPath}: ${note}`);
  const [run] = taken.runs;
  if (run === undefined) return;
  void vscode.window.showInformationMessage(sentence(taken, path.basename(file.fsPath)));
  await openRecordedRun({ runId: run, root: taken.root });
}

async function askForFile(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: "Import Run: a file of fm export, or traces of OpenTelemetry or LangSmith",
      openLabel: "Import Run",
      defaultUri: folder,
    })) ?? [];
  return file;
}

function sentence({ runs, notes }: ImportedRuns, name: string): string {
  const what =
    runs.length === 1 ? `The run ${runs[0]}` : `${runs.length} runs, ${runs[0]} the first of them,`;
  return [`${what} was taken in from ${name}.`, ...notes].join(" ");
}
