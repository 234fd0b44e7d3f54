import * as vscode from "vscode";
import {
  type ChosenMerge,
  createChannel,
  type DiffAnswer,
  type MergeAnswer,
  type MergeSide,
  type MergeTexts,
  mergeChoose,
  mergeComplete,
  mergeOpenText,
  mergeRedo,
  mergeUndo,
  mergeView,
  type NamedText,
  type ShownMerge,
} from "#protocol";
import { webviewPort } from "../canvas/webview-port.ts";
import type { SnapshotDocuments } from "../comparison/snapshot-documents.ts";
import type { Edge } from "../edge.ts";
import { MERGE_VIEW_TYPE } from "../identifiers.ts";
import { bindLanguage } from "../open-as.ts";
import type { OwnComponents } from "../own-components.ts";
import { type Page, pageHtml } from "../page-html.ts";
import { createChoices } from "./choices.ts";
import { completeMerge } from "./complete-merge.ts";
import { followMerge } from "./follow-merge.ts";
import type { MergeMemory } from "./merge-memory.ts";
import type { MergeSource } from "./merge-source.ts";

/** What merges and compares: the language server. */
export interface MergeAsker {
  merge(texts: MergeTexts): Promise<MergeAnswer>;
  compare(before: string, after: string): Promise<DiffAnswer>;
}

export interface MergeHost {
  readonly edge: Edge;
  readonly dist: vscode.Uri;
  readonly ask: MergeAsker;
  readonly components: OwnComponents;
  readonly snapshots: SnapshotDocuments;
  readonly memory: MergeMemory;
}

/** An open merge. */
export interface MergePanel {
  readonly panel: vscode.WebviewPanel;
  readonly source: MergeSource;
  step(to: "next" | "previous"): void;
  complete(): Promise<void>;
}

const page: Page = { name: "merge", title: "Merge", opening: "Merging…", needs: [] };

/** What stands for a base that both sides lack. */
const NOTHING = "{}";

/** A new panel for the merge of a file. */
export function createMergePanel(file: vscode.Uri): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    MERGE_VIEW_TYPE,
    `Merge: ${file.path.split("/").at(-1) ?? ""}`,
    { viewColumn: vscode.ViewColumn.Active },
    { retainContextWhenHidden: true },
  );
}

/**
 * Shows a merge in a panel, a new one or one that is there again after the window was loaded anew. Nothing is written before
 * it is completed; what is chosen outlives the view.
 */
export function showMerge(panel: vscode.WebviewPanel, source: MergeSource, host: MergeHost): MergePanel {
  const { edge, dist, ask, components, snapshots, memory } = host;
  const { file, stages, operation } = source;
  const fileName = vscode.workspace.asRelativePath(file);
  panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
  panel.iconPath = new vscode.ThemeIcon("git-merge");
  const channel = createChannel(webviewPort(panel.webview), edge.report);
  const { ours, theirs } = { ours: stages.ours ?? "", theirs: stages.theirs ?? "" };
  // An empty file says no more than none.
  const base = stages.base?.trim() === "" ? null : stages.base;
  const before = source.kind === "decisions" ? source.choices : [];
  const choices = createChoices(memory.read(source) ?? before);

  const answerTo = (chosen: readonly ChosenMerge[]): Promise<MergeAnswer> =>
    ask.merge({ uri: file.toString(), base, ours, theirs, choices: chosen });
  const answerNow = (): Promise<MergeAnswer> => answerTo(choices.list());
  const named = async (name: string, role: string, text: string): Promise<NamedText> => ({
    name,
    role,
    text,
    diff: await ask.compare(base ?? NOTHING, text),
  });
  const sides = Promise.all([
    named(operation.ours.name, operation.ours.role, ours),
    named(operation.theirs.name, operation.theirs.role, theirs),
  ]);

  /** Why there is nothing to merge any more; null as long as there is. */
  let over: string | null = null;
  const shown = async (): Promise<ShownMerge> => {
    if (over !== null) return { kind: "refused", message: over };
    const [[own, other], answer] = await Promise.all([sides, answerNow()]);
    return {
      kind: "merge",
      file: file.toString(),
      fileName,
      operation: operation.name,
      base: { name: "Base", role: "what both came from", text: base ?? NOTHING, diff: null },
      ours: own,
      theirs: other,
      result: answer.ok ? await named("Result", "what is written", answer.text) : null,
      answer,
      canUndo: choices.canUndo(),
      canRedo: choices.canRedo(),
      components: components.of(file),
    };
  };
  /** Of answers that overtake each other only the last is shown. */
  let latest = 0;
  const show = (): void => {
    const number = ++latest;
    memory.write(source, choices.list());
    void edge.run("merging a pipeline", async () => {
      const next = await shown();
      if (number === latest) channel.emit(mergeView.shown, next);
    });
  };
  const undo = (): void => {
    choices.undo();
    show();
  };
  const redo = (): void => {
    choices.redo();
    show();
  };
  const complete = async (): Promise<void> => {
    if (!(await completeMerge(source, await answerNow(), await answerTo(before)))) return;
    memory.forget(source);
    panel.dispose();
    const done = source.kind === "git" ? "is merged and staged" : "is merged";
    void vscode.window.showInformationMessage(`${fileName} ${done}.`);
  };
  const openText = async (side: MergeSide): Promise<void> => {
    const answer = side === "result" ? await answerNow() : null;
    const text = { base: base ?? "", ours, theirs, result: answer?.ok === true ? answer.text : "" }[side];
    const uri = snapshots.uriOf(`${side} of ${file.path.split("/").at(-1) ?? ""}`, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await bindLanguage(document);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  };

  const following = followMerge(source, edge, (reason) => {
    if (reason === over) return;
    over = reason;
    show();
  });

  channel.onRequest(mergeView.ready, shown);
  channel.onEvent(mergeChoose, ({ decision, choice }) => {
    choices.choose(decision, choice);
    show();
  });
  channel.onEvent(mergeUndo, undo);
  channel.onEvent(mergeRedo, redo);
  channel.onEvent(mergeComplete, () => void edge.run("completing a merge", complete));
  channel.onEvent(mergeOpenText, ({ side }) => void edge.run("showing a text", () => openText(side)));
  channel.onEvent(mergeView.defect, ({ message }) => edge.log.error(`merge: ${message}`));
  panel.onDidDispose(() => {
    following.dispose();
    channel.dispose();
  });
  panel.webview.html = pageHtml(page, panel.webview, dist);
  return { panel, source, step: (to) => channel.emit(mergeView.step, { to }), complete };
}
