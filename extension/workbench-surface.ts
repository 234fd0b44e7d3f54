import type * as vscode from "vscode";
import type { CanvasAction, StageControl } from "#protocol";
import type { CompareRecorded } from "./comparison/compare-runs.ts";
import type { CompareTexts } from "./comparison/comparison-panel.ts";
import type { Comparisons } from "./comparison/comparisons.ts";
import type { RecordedPipeline } from "./comparison/run-snapshot.ts";
import type { ListRuns } from "./debug/debug-recorded-run.ts";
import type { ImportRun } from "./debug/import-run.ts";
import type { StageMoment } from "./debug/moment-breakpoints.ts";
import type { RunControl } from "./debug/run-control.ts";
import type { ValueTraces } from "./debug/value-traces.ts";
import type { ResolvePipeline } from "./export/export-graph.ts";
import type { FieldLanguage } from "./field-language.ts";
import type { Forks } from "./fork/forks.ts";
import type { ReadFamily, RunFamilies } from "./fork/run-family.ts";
import type { ReadOutcomes } from "./fork/sweep.ts";
import type { SweepPanels } from "./fork/sweep-panel.ts";
import type { InheritanceSource, Inheritances } from "./inheritance/inheritances.ts";
import type { ApiKeys } from "./keys/api-keys.ts";
import type { MergeAsker } from "./merge/merge-panel.ts";
import type { Merges } from "./merge/merges.ts";
import type { OwnComponents } from "./own-components.ts";
import type { PinSource } from "./pins/kept-pins.ts";
import type { CalledPipelines } from "./subpipeline/called-pipelines.ts";
import type { ValueViewers } from "./viewer/value-viewers.ts";

/** Everything that needs the pipeline reader or the protocol; a bundle of its own, loaded when it is first needed. */
export interface Workbench extends vscode.Disposable {
  openCanvas(document: vscode.TextDocument, panel: vscode.WebviewPanel): Promise<void>;
  /** Loads the timeline of the run in front into its view. */
  openTimeline(view: vscode.WebviewView, list: ListRuns): void;
  completeConfiguration(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration;
  resolveLaunch(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined>;
  configurationFor(uri: vscode.Uri): vscode.DebugConfiguration;
  start(uri: vscode.Uri, mode: "debug" | "run"): Promise<void>;
  /** Lets the user choose a recorded run, and opens it in the debugger. */
  debugRecordedRun(list: ListRuns): Promise<boolean>;
  /** Takes in a run of elsewhere, from the file or one that the user chooses, and opens it in the debugger. */
  importRun(importFile: ImportRun, file: vscode.Uri | undefined): Promise<void>;
  /** On the stage selected on the active canvas, else the one at the text cursor. */
  toggleBreakpoint(): Promise<void>;
  /** Adds a breakpoint after the selected stage or on its errors, or removes it. */
  toggleMoment(moment: StageMoment): Promise<void>;
  /** Steers the run that is debugged, and pins. */
  readonly runControl: RunControl;
  /** Runs on from the run that is debugged, with something changed. */
  readonly forks: Forks;
  /** Tells who produced a value of the run that is debugged. */
  readonly valueTraces: ValueTraces;
  readonly valueViewers: ValueViewers;
  /** Goes between a run and its forks. */
  readonly families: RunFamilies;
  /** The same for the stage that is selected. */
  readonly controlSelected: (control: StageControl) => Promise<void>;
  showStageInText(): Promise<void>;
  openAsText(): Promise<void>;
  /** Lets the user choose among the open questions of all runs, and answer one. */
  answerQuestion(): Promise<void>;
  performOnCanvas(action: CanvasAction): void;
  readonly comparisons: Comparisons;
  readonly merges: Merges;
  readonly sweeps: SweepPanels;
  /** Goes on in the comparison or the merge in front. */
  step(to: "next" | "previous"): void;
  /** Lets the user choose a format and a file for the graph of a pipeline, and writes it. */
  exportGraph(pipeline: vscode.Uri, resolvePipeline: ResolvePipeline): Promise<void>;
  /** Lets the user choose where Git is to merge pipelines by what they say, and sets it up. */
  setUpGitMerge(): Promise<void>;
  /** These three act on what is selected on the active canvas. */
  extractSubpipeline(): Promise<void>;
  inlineSubpipeline(): Promise<void>;
  openCalledPipeline(): Promise<void>;
}

/** What it needs of the extension's context. */
export type WorkbenchContext = Pick<
  vscode.ExtensionContext,
  "extensionUri" | "globalStorageUri" | "workspaceState"
>;

/** What is there before it, and tells it things. */
export interface WorkbenchSources {
  readonly components: OwnComponents;
  readonly inheritances: Inheritances;
  readonly keys: ApiKeys;
  readonly language: FieldLanguage & CalledPipelines & InheritanceSource & PinSource;
  readonly compare: CompareTexts;
  readonly merge: MergeAsker["merge"];
  readonly recordedPipeline: RecordedPipeline;
  readonly compareRecorded: CompareRecorded;
  readonly readFamily: ReadFamily;
  readonly readOutcomes: ReadOutcomes;
  readonly listRuns: ListRuns;
}
