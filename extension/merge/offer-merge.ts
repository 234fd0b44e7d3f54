import * as vscode from "vscode";
import { LANGUAGE_ID } from "../identifiers.ts";

const MERGE = "Merge Pipeline";

/** What Git writes where it could not merge lines, at the beginning of one. */
const marker = /^<{7} /m;

/** Offers the merge of a pipeline that is opened full of conflict markers, once for each time that it is opened. */
export function offerMerges(open: (file: vscode.Uri) => void): vscode.Disposable {
  const offer = async (document: vscode.TextDocument): Promise<void> => {
    if (document.uri.scheme !== "file" || document.languageId !== LANGUAGE_ID) return;
    if (!marker.test(document.getText())) return;
    const name = vscode.workspace.asRelativePath(document.uri);
    const message = `Git could not merge ${name}, and has marked the conflicts in it. It can be merged as a pipeline.`;
    if ((await vscode.window.showWarningMessage(message, MERGE)) === MERGE) open(document.uri);
  };
  for (const document of vscode.workspace.textDocuments) void offer(document);
  return vscode.workspace.onDidOpenTextDocument((document) => void offer(document));
}
