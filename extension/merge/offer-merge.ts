import * as vscode from "vscode";
import { LANGUAGE_ID } from "../identifiers.ts";
import { hasMarkers } from "./conflict-markers.ts";
import { hasLeftDecisions } from "./left-decisions.ts";

const MERGE = "Merge Pipeline";

/**
 * Offers the merge of a pipeline that is opened full of conflict markers, or with open decisions of `fm merge` beside it,
 * once for each time that it is opened.
 */
export function offerMerges(open: (file: vscode.Uri) => void): vscode.Disposable {
  const offer = async (document: vscode.TextDocument): Promise<void> => {
    if (document.uri.scheme !== "file" || document.languageId !== LANGUAGE_ID) return;
    const name = vscode.workspace.asRelativePath(document.uri);
    const message = hasMarkers(document.getText())
      ? `Git could not merge ${name}, and has marked the conflicts in it. It can be merged as a pipeline.`
      : (await hasLeftDecisions(document.uri))
        ? `fm merge has left decisions in ${name} open.`
        : null;
    if (message === null) return;
    if ((await vscode.window.showWarningMessage(message, MERGE)) === MERGE) open(document.uri);
  };
  for (const document of vscode.workspace.textDocuments) void offer(document);
  return vscode.workspace.onDidOpenTextDocument((document) => void offer(document));
}
