import * as vscode from "vscode";
import { activePipeline } from "../active-pipeline.ts";
import type { RunViews } from "../debug/run-views.ts";
import type { InheritedStages } from "../inheritance/inherited-stages.ts";
import type { PipelineTexts } from "../texts/pipeline-texts.ts";
import { statusText } from "./status-text.ts";

/**
 * Says in the status bar how many stages the pipeline in front has and how its run goes. A click searches a stage on
 * the canvas; from the text it goes to the canvas.
 */
export function showPipelineStatus(
  texts: PipelineTexts,
  runs: RunViews,
  inherited: Pick<InheritedStages, "wholeOf">,
  onDidInherit: vscode.Event<vscode.Uri>,
): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("flowmason.pipeline", vscode.StatusBarAlignment.Left, 10);
  item.name = "FlowMason Pipeline";

  const show = (): void => {
    const uri = activePipeline();
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri?.toString());
    if (document === undefined) return item.hide();
    const { pipeline } = inherited.wholeOf(document);
    item.text = statusText(pipeline.stages.length, runs.of(document.uri), runs.latest());
    const [command, does] = isCanvasActive()
      ? (["flowmason.searchStage", "search a stage"] as const)
      : (["flowmason.openAsPipeline", "show it on the canvas"] as const);
    item.command = command;
    item.tooltip = `Pipeline ${pipeline.name?.value ?? vscode.workspace.asRelativePath(document.uri)}: ${does}`;
    item.accessibilityInformation = { label: `${item.text.replace(/\$\([^)]*\) ?/g, "")}. ${item.tooltip}` };
    item.show();
  };
  const showOf = (uri: vscode.Uri): void => {
    if (uri.toString() === activePipeline()?.toString()) show();
  };

  show();
  return vscode.Disposable.from(
    item,
    vscode.window.tabGroups.onDidChangeTabs(show),
    vscode.window.tabGroups.onDidChangeTabGroups(show),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidOpenTextDocument(({ uri }) => showOf(uri)),
    texts.onDidChange(({ document }) => showOf(document.uri)),
    // One that starts elsewhere takes the sign of what has ended here.
    runs.onDidChange(({ uri, change }) => (change.stages.length === 0 ? show() : showOf(uri))),
    onDidInherit(showOf),
  );
}

function isCanvasActive(): boolean {
  return vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputCustom;
}
