import * as vscode from "vscode";
import type { MergeAnswer } from "#protocol";
import { Refusal } from "../edge.ts";
import type { GitConflict, MergeSource } from "./merge-source.ts";

const ANYWAY = "Complete Anyway";

/**
 * Writes the merged text into the file and tells Git that it is merged, or removes the decisions beside it. Asks first
 * where something is open or wrong, or where somebody has written into the file: `before` is what the merge that left the
 * decisions made of it.
 */
export async function completeMerge(
  source: MergeSource,
  answer: MergeAnswer,
  before: MergeAnswer | null,
): Promise<boolean> {
  if (!answer.ok) throw new Refusal(`There is no result to write: ${answer.message}`);
  const isOther = before?.ok === true && !(await isWritten(source.file, before.text));
  const changed = `${source.name} is another one than the merge has written. What was changed in it since is lost.`;
  const doubts = [...doubtsOf(answer), ...(isOther ? [changed] : [])].join("\n\n");
  if (doubts !== "") {
    const question = `Complete the merge of ${source.name}?`;
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail: doubts }, ANYWAY);
    if (chosen !== ANYWAY) return false;
  }
  await writeText(source.file, answer.text);
  await settle(source);
  return true;
}

async function settle(source: MergeSource): Promise<void> {
  switch (source.kind) {
    case "git":
      await source.git(["add", "--", `:(top,literal)${source.name}`]);
      break;
    case "decisions":
      await vscode.workspace.fs.delete(source.kept);
      break;
  }
}

function doubtsOf({ decisions, problems }: Extract<MergeAnswer, { ok: true }>): readonly string[] {
  const open = decisions.filter(({ state }) => state === "open").length;
  const errors = problems.filter(({ severity }) => severity === "error");
  return [
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
}

/** A document has line ends of one kind, whatever those of its file are. */
async function isWritten(file: vscode.Uri, text: string): Promise<boolean> {
  const plain = (each: string): string => each.replaceAll("\r\n", "\n");
  return plain((await vscode.workspace.openTextDocument(file)).getText()) === plain(text);
}

/** Through the document, so that an editor that has it open shows it. */
async function writeText(file: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const edit = new vscode.WorkspaceEdit();
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(file, all, text);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save()))
    throw new Refusal(`${vscode.workspace.asRelativePath(file)} could not be written. It is not merged yet.`);
}

/** One side removed the file, the other changed it: it is there or not, which no graph can show. */
export async function keepOrRemove(source: GitConflict): Promise<void> {
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
