import * as vscode from "vscode";
import { activePipeline } from "../active-pipeline.ts";
import { Refusal } from "../edge.ts";
import { keepOrRemove } from "./complete-merge.ts";
import { type MergeHost, type MergePanel, openMergePanel } from "./merge-panel.ts";
import { conflictedIn, mergeSourceOf } from "./merge-source.ts";

/** Merges of pipelines that Git could not merge. */
export interface Merges {
  /** Opens the merge of a file; where none is given, of the one in front or of one of those in conflict. */
  open(file: vscode.Uri | undefined): Promise<void>;
  isInFront(): boolean;
  step(to: "next" | "previous"): void;
  complete(): Promise<void>;
}

/** Opens merges in panels of their own, one for each file. */
export function createMerges(host: MergeHost): Merges {
  const open = new Map<string, MergePanel>();

  const inFront = (): MergePanel | undefined => [...open.values()].find(({ panel }) => panel.active);
  const active = (): MergePanel => {
    const found = inFront();
    if (found === undefined)
      throw new Refusal("Open the merge of a pipeline first: FlowMason: Merge Pipeline….");
    return found;
  };

  const show = async (file: vscode.Uri): Promise<void> => {
    const known = open.get(file.toString());
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const source = await mergeSourceOf(file);
    if (source.stages.ours === null || source.stages.theirs === null) return await keepOrRemove(source);
    // The language server knows the project of what is open.
    await vscode.workspace.openTextDocument(file);
    const merge = openMergePanel(source, host);
    open.set(file.toString(), merge);
    merge.panel.onDidDispose(() => open.delete(file.toString()));
  };

  return {
    async open(file) {
      const target = file ?? activePipeline() ?? (await chooseFile());
      if (target !== undefined) await show(target);
    },
    isInFront: () => inFront() !== undefined,
    step: (to) => active().step(to),
    complete: () => active().complete(),
  };
}

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const files = (
    await Promise.all(folders.map(({ uri }) => conflictedIn(vscode.Uri.joinPath(uri, "."))))
  ).flat();
  if (files.length === 0) throw new Refusal("Git has no conflict in a pipeline of this workspace.");
  const items = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "The pipeline to merge" });
  return chosen?.uri;
}
