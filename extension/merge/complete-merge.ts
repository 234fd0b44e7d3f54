import * as vscode from "vscode";
import type { MergeAnswer } from "#protocol";
import { Refusal } from "../edge.ts";
import { isAsGitMarkedIt } from "./conflict-markers.ts";
import { expectSameMerge, type GitConflict, type MergeSource } from "./merge-source.ts";

const ANYWAY = "Complete Anyway";

/**
 * Writes the merged text into the file and tells Git that it is merged, or removes the decisions beside it. Asks first
 * where something is open or wrong, or where somebody has written into the file: `before` is what the merge that left it
 * so made of it. Throws a {@link Refusal} where the merge is over, or another one.
 */
export async function completeMerge(
  source: MergeSource,
  answer: MergeAnswer,
  before: MergeAnswer,
): Promise<boolean> {
  if (!answer.ok) throw new Refusal(`There is no result to write: ${answer.message}`);
  await expectSameMerge(source);
  const isOther = !(await isAsLeft(source, before));
  const changed = `${source.name} is another one than the merge has written. What was changed in it since is lost.`;
  const doubts = [...doubtsOf(answer), ...(isOther ? [changed] : [])].join("\n\n");
  if (doubts !== "") {
    const question = `Complete the merge of ${source.name}?`;
    const chosen = await vscode.window.showWarningMessage(question, { modal: true, detail: doubts }, ANYWAY);
    if (chosen !== ANYWAY) return false;
    await expectSameMerge(source);
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

/** Whether a file is as a merge has left it: with all of Git's markers, or the version of one side, or what ours merged it to. */
async function isAsLeft({ kind, file, stages }: MergeSource, before: MergeAnswer): Promise<boolean> {
  // A document has line ends of one kind, whatever those of its file are.
  const plain = (each: string): string => each.replaceAll("\r\n", "\n");
  const text = plain((await vscode.workspace.openTextDocument(file)).getText());
  if (before.ok && text === plain(before.text)) return true;
  if (kind === "decisions") return false;
  return (
    isAsGitMarkedIt(text, stages) ||
    [stages.base, stages.ours, stages.theirs].some((each) => text === plain(each ?? ""))
  );
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
