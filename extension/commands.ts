import * as vscode from "vscode";
import { activePipeline } from "./active-pipeline.ts";
import { type GitGroup, gitGroupOf } from "./comparison/git-group.ts";
import type { RecordedPipeline } from "./comparison/run-snapshot.ts";
import { type CallStackPlace, callStackPlace } from "./debug/call-stack-place.ts";
import type { ListRuns } from "./debug/debug-recorded-run.ts";
import type { ImportRun } from "./debug/import-run.ts";
import { type VariableRow, variableRow } from "./debug/variable-row.ts";
import { type Edge, Refusal } from "./edge.ts";
import type { ResolvePipeline } from "./export/export-graph.ts";
import { COMMAND_IDS, type CommandId } from "./identifiers.ts";
import type { ApiKeys } from "./keys/api-keys.ts";
import { newPipeline } from "./new-pipeline/new-pipeline.ts";
import { openAsPipeline } from "./open-as.ts";
import type { Workbench } from "./workbench-surface.ts";

/** What commands act through. */
export interface CommandContext {
  readonly edge: Edge;
  readonly extensionUri: vscode.Uri;
  readonly workbench: () => Promise<Workbench>;
  readonly keys: ApiKeys;
  readonly restartLanguageServer: () => Promise<void>;
  readonly showResolved: (pipeline: vscode.Uri) => Promise<void>;
  readonly resolvePipeline: ResolvePipeline;
  readonly listRuns: ListRuns;
  readonly importRun: ImportRun;
  readonly recordedPipeline: RecordedPipeline;
}

/**
 * Gets the file that a menu was opened on, when it was one, and all files that were selected; or the place in the call
 * stack, the event of the run in its timeline, the row of the Variables view, or the group of source control, that one
 * was opened on.
 */
type Command = (
  uri: vscode.Uri | undefined,
  selected: readonly vscode.Uri[],
  menu: CallStackPlace | undefined,
  moment: number | undefined,
  row: VariableRow | undefined,
  group: GitGroup | undefined,
) => void | Promise<void>;

/** Registers every contributed command. The table's type makes forgetting one a compile error. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const table = commandTable(context);
  return vscode.Disposable.from(
    ...COMMAND_IDS.map((id) =>
      vscode.commands.registerCommand(id, (argument: unknown, selection: unknown) =>
        context.edge.run(`the command ${id}`, () =>
          table[id](
            fileIn(argument),
            filesIn(selection),
            callStackPlace(selection),
            momentIn(argument),
            variableRow(argument),
            gitGroupOf(argument),
          ),
        ),
      ),
    ),
  );
}

/** The explorer gives a file, source control a resource of it. */
function fileIn(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument !== "object" || argument === null || !("resourceUri" in argument)) return undefined;
  return argument.resourceUri instanceof vscode.Uri ? argument.resourceUri : undefined;
}

/** The timeline gives the event of a row. */
function momentIn(argument: unknown): number | undefined {
  if (typeof argument !== "object" || argument === null || !("moment" in argument)) return undefined;
  return typeof argument.moment === "number" ? argument.moment : undefined;
}

function filesIn(selection: unknown): readonly vscode.Uri[] {
  return Array.isArray(selection) ? selection.flatMap((each) => fileIn(each) ?? []) : [];
}

function commandTable({
  edge,
  extensionUri,
  workbench,
  keys,
  restartLanguageServer,
  showResolved,
  resolvePipeline,
  listRuns,
  importRun,
  recordedPipeline,
}: CommandContext): Readonly<Record<CommandId, Command>> {
  return {
    "flowmason.newPipeline": (uri) => newPipeline(extensionUri, uri),
    "flowmason.openAsPipeline": openAsPipeline,
    "flowmason.openAsText": async () => (await workbench()).openAsText(),
    "flowmason.runPipeline": async (uri) => (await workbench()).start(pipelineFor(uri), "run"),
    "flowmason.debugPipeline": async (uri) => (await workbench()).start(pipelineFor(uri), "debug"),
    "flowmason.debugRecordedRun": async () => void (await (await workbench()).debugRecordedRun(listRuns)),
    "flowmason.importRun": async (uri) => (await workbench()).importRun(importRun, uri),
    "flowmason.toggleBreakpoint": async () => (await workbench()).toggleBreakpoint(),
    "flowmason.toggleBreakpointAfter": async () => (await workbench()).toggleMoment("after"),
    "flowmason.toggleBreakpointOnError": async () => (await workbench()).toggleMoment("error"),
    "flowmason.runToStage": async () => (await workbench()).controlSelected("run-to"),
    "flowmason.skipStage": async (_, __, menu) => (await workbench()).runControl.onBranch("skip", menu),
    "flowmason.retryStage": async (_, __, menu) => (await workbench()).runControl.onBranch("retry", menu),
    "flowmason.keepPartialAnswer": async (_, __, menu) =>
      (await workbench()).runControl.onBranch("keep-partial", menu),
    "flowmason.traceValue": async (_, __, ___, ____, row) => (await workbench()).valueTraces.show(row),
    "flowmason.openValue": async (_, __, ___, ____, row) => (await workbench()).valueViewers.open(row),
    "flowmason.forkRun": async (_, __, menu, moment) => (await workbench()).forks.forkRun(moment, menu),
    "flowmason.liveReplay": async (_, __, menu, moment) =>
      (await workbench()).forks.liveReplay(moment, menu, listRuns),
    "flowmason.sweep": async (_, __, menu) => (await workbench()).forks.sweep(menu),
    "flowmason.showForks": async (_, __, menu) => (await workbench()).families.choose(menu),
    "flowmason.startFromStage": async (_, __, menu) => {
      const { forks, controlSelected } = await workbench();
      await (menu === undefined ? controlSelected("start-from") : forks.startFromBranch(menu));
    },
    "flowmason.continueEdited": async () => (await workbench()).forks.continueEdited(),
    "flowmason.pinOutput": async (_, __, menu) => {
      const { runControl, controlSelected } = await workbench();
      await (menu === undefined ? controlSelected("pin") : runControl.pinBranch(menu));
    },
    "flowmason.unpinOutput": async () => (await workbench()).controlSelected("unpin"),
    "flowmason.showPins": async () => (await workbench()).runControl.showPins(pipelineFor(undefined)),
    "flowmason.showStageInText": async () => (await workbench()).showStageInText(),
    "flowmason.showResolvedPipeline": (uri) => showResolved(pipelineFor(uri)),
    "flowmason.exportGraph": async (uri) =>
      (await workbench()).exportGraph(pipelineFor(uri), resolvePipeline),
    "flowmason.answerQuestion": async () => (await workbench()).answerQuestion(),
    "flowmason.setApiKey": () => keys.set(),
    "flowmason.setUpGitMerge": async () => (await workbench()).setUpGitMerge(),
    "flowmason.searchStage": async () => (await workbench()).performOnCanvas("search-stage"),
    "flowmason.showComponents": async () => (await workbench()).performOnCanvas("show-palette"),
    "flowmason.fitCanvas": async () => (await workbench()).performOnCanvas("fit"),
    "flowmason.alignLeft": async () => (await workbench()).performOnCanvas("align-left"),
    "flowmason.alignCentre": async () => (await workbench()).performOnCanvas("align-centre"),
    "flowmason.alignRight": async () => (await workbench()).performOnCanvas("align-right"),
    "flowmason.alignTop": async () => (await workbench()).performOnCanvas("align-top"),
    "flowmason.alignMiddle": async () => (await workbench()).performOnCanvas("align-middle"),
    "flowmason.alignBottom": async () => (await workbench()).performOnCanvas("align-bottom"),
    "flowmason.distributeHorizontally": async () =>
      (await workbench()).performOnCanvas("distribute-horizontally"),
    "flowmason.distributeVertically": async () =>
      (await workbench()).performOnCanvas("distribute-vertically"),
    "flowmason.tidyLayout": async () => (await workbench()).performOnCanvas("tidy-layout"),
    "flowmason.extractSubpipeline": async () => (await workbench()).extractSubpipeline(),
    "flowmason.inlineSubpipeline": async () => (await workbench()).inlineSubpipeline(),
    "flowmason.openCalledPipeline": async () => (await workbench()).openCalledPipeline(),
    "flowmason.compareSelected": async (_, selected) =>
      (await workbench()).comparisons.compareSelected(selected),
    "flowmason.compareWithHead": async (uri) => (await workbench()).comparisons.compareWithHead(uri),
    "flowmason.compareWithBranch": async (uri) => (await workbench()).comparisons.compareWithBranch(uri),
    "flowmason.compareWithRun": async (uri) =>
      (await workbench()).comparisons.compareWithRun(uri, listRuns, recordedPipeline),
    "flowmason.compareRuns": async (_, __, menu) =>
      (await workbench()).comparisons.compareRuns(listRuns, { menu }),
    "flowmason.openVisualDiff": async (uri, _, __, ___, ____, group) =>
      (await workbench()).comparisons.openVisualDiff(uri, group),
    "flowmason.nextChange": async () => (await workbench()).step("next"),
    "flowmason.previousChange": async () => (await workbench()).step("previous"),
    "flowmason.mergePipeline": async (uri) => (await workbench()).merges.open(uri),
    "flowmason.completeMerge": async () => (await workbench()).merges.complete(),
    "flowmason.showLog": () => edge.log.show(),
    "flowmason.restartLanguageServer": restartLanguageServer,
  };
}

function pipelineFor(uri: vscode.Uri | undefined): vscode.Uri {
  const target = uri ?? activePipeline();
  if (target === undefined) throw new Refusal("Open a pipeline first, on the canvas or as text.");
  return target;
}
