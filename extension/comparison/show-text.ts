import * as vscode from "vscode";
import type { TextPlace } from "#protocol";
import { bindLanguage } from "../open-as.ts";
import { type ComparedSource, readSource } from "./compared-source.ts";
import type { ComparedSources } from "./comparison-panel.ts";
import type { SnapshotDocuments } from "./snapshot-documents.ts";

/** Shows the text of one side beside the comparison, with a place of it selected. */
export async function showTextOf(
  source: ComparedSource,
  place: TextPlace | null,
  panel: vscode.WebviewPanel,
  snapshots: SnapshotDocuments,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(await uriOf(source, snapshots));
  await bindLanguage(document);
  const viewColumn =
    panel.viewColumn === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
  await vscode.window.showTextDocument(document, {
    viewColumn,
    ...(place === null ? {} : { selection: rangeOf(place) }),
  });
}

/** Compares both texts line by line, as VS Code does. */
export async function showTextDiff(
  { before, after }: ComparedSources,
  snapshots: SnapshotDocuments,
): Promise<void> {
  const [old, now] = [await uriOf(before, snapshots), await uriOf(after, snapshots)];
  await vscode.commands.executeCommand("vscode.diff", old, now, `${before.name} ↔ ${after.name}`);
}

async function uriOf(source: ComparedSource, snapshots: SnapshotDocuments): Promise<vscode.Uri> {
  const text = await readSource(source);
  switch (source.kind) {
    case "document":
      // What is not there has an empty text.
      return text === null ? snapshots.uriOf(`${source.name} (deleted)`, "") : source.uri;
    case "revision":
    case "text":
      return snapshots.uriOf(source.name, text ?? "");
  }
}

function rangeOf({ start, end }: TextPlace): vscode.Range {
  return new vscode.Range(start.line0, start.character, end.line0, end.character);
}
