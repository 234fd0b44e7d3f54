import * as vscode from "vscode";
import { openRepositoryOf } from "../comparison/git-extension.ts";
import type { Edge } from "../edge.ts";
import { LANGUAGE_ID } from "../identifiers.ts";
import { hasMarkers } from "./conflict-markers.ts";
import { hasLeftDecisions } from "./left-decisions.ts";
import type { Merges } from "./merges.ts";

const MERGE = "Merge Pipeline";

/**
 * Offers the merge of a pipeline that is opened in conflict, full of Git's markers or as the merge driver has left it, or with
 * open decisions of `fm merge` beside it, once for each time that it is opened.
 */
export function offerMerges(merges: Merges, edge: Edge): vscode.Disposable {
  const offer = async (document: vscode.TextDocument): Promise<void> => {
    if (document.uri.scheme !== "file" || document.languageId !== LANGUAGE_ID) return;
    const message = await whatIsOpen(document);
    if (message === null || merges.isShown(document.uri)) return;
    if ((await vscode.window.showWarningMessage(message, MERGE)) === MERGE) await merges.open(document.uri);
  };
  const offerSoon = (document: vscode.TextDocument): void =>
    void edge.run("opening a merge", () => offer(document));
  for (const document of vscode.workspace.textDocuments) offerSoon(document);
  return vscode.workspace.onDidOpenTextDocument(offerSoon);
}

async function whatIsOpen(document: vscode.TextDocument): Promise<string | null> {
  const name = vscode.workspace.asRelativePath(document.uri);
  if (hasMarkers(document.getText()))
    return `Git could not merge ${name}, and has marked the conflicts in it. It can be merged as a pipeline.`;
  if (await hasLeftDecisions(document.uri)) return `fm merge has left decisions in ${name} open.`;
  return (await isInConflict(document.uri))
    ? `Git has a conflict in ${name}: what both sides changed may be as one of them has it. It can be merged as a pipeline.`
    : null;
}

async function isInConflict(file: vscode.Uri): Promise<boolean> {
  const conflicts = (await openRepositoryOf(file))?.state.mergeChanges ?? [];
  return conflicts.some(({ uri }) => uri.toString() === file.toString());
}
