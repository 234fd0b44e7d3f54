import * as vscode from "vscode";
import type { MergeAnswer } from "#protocol";
import { Refusal } from "../edge.ts";
import type { MergeSource } from "./merge-source.ts";

const ANYWAY = "Complete Anyway";

/** Writes the merged text into the file and tells Git that it is merged; asks first where something is open or wrong. */
export async function completeMerge(source: MergeSource, answer: MergeAnswer): Promise<boolean> {
  if (!answer.ok) throw new Refusal(`There is no result to write: ${answer.message}`);
  const doubts = doubtsOf(answer);
  if (doubts !== "") {
    const question = `Complete the merge of ${source.name}?`;
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail: doubts }, ANYWAY);
    if (chosen !== ANYWAY) return false;
  }
  await writeText(source.file, answer.text);
  await source.git(["add", "--", `:(top,literal)${source.name}`]);
  return true;
}

function doubtsOf({ decisions, problems }: Extract<MergeAnswer, { ok: true }>): string {
  const open = decisions.filter(({ state }) => state === "open").length;
  const errors = problems.filter(({ severity }) => severity === "error");
  const lines = [
    ...(open === 0
      ? []
      : [
          `${open === 1 ? "One decision is" : `${open} decisions are`} open: the file has what "ours" has there.`,
        ]),
    ...(errors.length === 0
      ? []
      : [
          `The result has ${errors.length === 1 ? "an error" : `${errors.length} errors`}: ${errors[0]?.message ?? ""}`,
        ]),
  ];
  return lines.join("\n\n");
}

/** Through the document, so that an editor that has it open shows it. */
async function writeText(file: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(file, all, text);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save()))
    throw new Refusal(
      `${vscode.workspace.asRelativePath(file)} could not be written. Git still has the conflict.`,
    );
}

/** One side removed the file, the other changed it: it is there or not, which no graph can show. */
export async function keepOrRemove(source: MergeSource): Promise<void> {
  const { stages, operation, name, file, git } = source;
  const [text, keeper, remover] =
    stages.ours === null
      ? [stages.theirs, operation.theirs, operation.ours]
      : [stages.ours, operation.ours, operation.theirs];
  const keep = "Keep the File";
  const remove = "Remove the File";
  const chosen = await vscode.window.showWarningMessage(
    `${remover.name} removed ${name}, and ${keeper.name} changed it.`,
    { modal: true, detail: `${remover.name} is ${remover.role}; ${keeper.name} is ${keeper.role}.` },
    keep,
    remove,
  );
  if (chosen === keep) {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text ?? ""));
    await git(["add", "--", `:(top,literal)${name}`]);
  } else if (chosen === remove) {
    await git(["rm", "--quiet", "--force", "--", `:(top,literal)${name}`]);
  }
}
