import * as vscode from "vscode";
import * as z from "zod";
import { activePipeline } from "../active-pipeline.ts";
import { isRefusal, Refusal } from "../edge.ts";
import { keepOrRemove } from "./complete-merge.ts";
import { withLeftDecisions } from "./left-decisions.ts";
import { createMergePanel, type MergeHost, type MergePanel, showMerge } from "./merge-panel.ts";
import { conflictedIn, isSameMerge, type MergeSource, mergeSourceOf } from "./merge-source.ts";

/** Merges of pipelines that Git could not merge, or of which `fm merge` left decisions open. */
export interface Merges {
  /** Opens the merge of a file; where none is given, of the one in front, be it as a merge, or of one of those in conflict. */
  open(file: vscode.Uri | undefined): Promise<void>;
  /**
   * Shows the merge again that a panel had before the window was loaded anew, by the state that its page has kept. A panel
   * whose file has been merged since goes, with the reason.
   */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  /** Whether the merge of a file is shown, or about to be. */
  isShown(file: vscode.Uri): boolean;
  isInFront(): boolean;
  step(to: "next" | "previous"): void;
  complete(): Promise<void>;
}

/** Opens merges in panels of their own, one for each file. */
export function createMerges(host: MergeHost): Merges {
  const open = new Map<string, MergePanel>();
  const opening = new Set<string>();

  const inFront = (): MergePanel | undefined => [...open.values()].find(({ panel }) => panel.active);
  const active = (): MergePanel => {
    const found = inFront();
    if (found === undefined)
      throw new Refusal("Open the merge of a pipeline first: FlowMason: Merge Pipeline….");
    return found;
  };

  const showIn = async (panel: vscode.WebviewPanel, source: MergeSource): Promise<void> => {
    const name = source.file.toString();
    opening.add(name);
    // The language server knows the project of what is open.
    try {
      await vscode.workspace.openTextDocument(source.file);
    } finally {
      opening.delete(name);
    }
    const shown = showMerge(panel, source, host);
    open.set(name, shown);
    panel.onDidDispose(() => {
      if (open.get(name) === shown) open.delete(name);
    });
  };
  const show = async (file: vscode.Uri): Promise<void> => {
    const source = await mergeSourceOf(file);
    const known = open.get(source.file.toString());
    const isShown = known !== undefined && isSameMerge(known.source, source);
    // What is shown of a merge that is over is of no use.
    if (!isShown) known?.panel.dispose();
    if (isShown) known.panel.reveal();
    else if (source.kind === "git" && (source.stages.ours === null || source.stages.theirs === null))
      await keepOrRemove(source);
    else await showIn(createMergePanel(source.file), source);
  };

  return {
    async open(file) {
      const target = file ?? inFront()?.source.file ?? activePipeline() ?? (await chooseFile());
      if (target !== undefined) await show(target);
    },
    async restore(panel, state) {
      try {
        const { file } = keptState.parse(state);
        await showIn(panel, await mergeSourceOf(vscode.Uri.parse(file, true)));
      } catch (error) {
        panel.dispose();
        throw error;
      }
    },
    isShown: (file) => open.has(file.toString()) || opening.has(file.toString()),
    isInFront: () => inFront() !== undefined,
    step: (to) => active().step(to),
    complete: () => active().complete(),
  };
}

/** What the page keeps of itself (`webview/merge/open-merge.tsx`). */
const keptState = z.object({ file: z.string() });

async function chooseFile(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const left = await withLeftDecisions();
  const inGit = folders.map(async ({ uri }) => {
    try {
      return await conflictedIn(vscode.Uri.joinPath(uri, "."));
    } catch (error) {
      // A folder that is in no repository may have what fm merge left.
      if (left.length > 0 && isRefusal(error)) return [];
      throw error;
    }
  });
  const found = new Map([...left, ...(await Promise.all(inGit)).flat()].map((uri) => [uri.toString(), uri]));
  const files = [...found.values()];
  if (files.length === 0)
    throw new Refusal("Neither Git nor fm merge has left a pipeline of this workspace to be merged.");
  const items = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "The pipeline to merge" });
  return chosen?.uri;
}
