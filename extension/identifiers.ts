/** Names that package.json and the code share; test/extension/manifest.test.ts compares them. */

/** The language that grammar, breakpoints, language server and debugger bind to. */
export const LANGUAGE_ID = "flowmason-pipeline";

/** The custom editor. */
export const CANVAS_VIEW_TYPE = "flowmason.canvas";

/** The view in the debug side bar with what has happened in a run. */
export const TIMELINE_VIEW = "flowmason.timeline";

/** The panels with what is different between two pipelines. */
export const COMPARISON_VIEW_TYPE = "flowmason.comparison";

/** The panels with a value of a run. */
export const VALUE_VIEW_TYPE = "flowmason.value";

/** The panels with a merge that Git could not make. */
export const MERGE_VIEW_TYPE = "flowmason.merge";

/** The panels with what came of several values of a setting. */
export const SWEEP_VIEW_TYPE = "flowmason.sweep";

/** Read-only texts of pipelines that are compared and are in no file. */
export const COMPARED_SCHEME = "flowmason-compared";

/** Read-only texts of resolved pipelines. */
export const RESOLVED_SCHEME = "flowmason-resolved";

/** `type` of our launch configurations; the protocol has the same, but must not be loaded at activation. */
export const DEBUGGER_TYPE = "flowmason";

/** True while the active canvas has exactly one stage selected: F9 then has something to act on. */
export const STAGE_SELECTED_CONTEXT = "flowmason.stageSelected";

/** True once a pipeline was open: what is of no use before is not in the command palette until then. */
export const PIPELINE_MET_CONTEXT = "flowmason.pipelineMet";

/** Settings that the language server is told. */
export const CHECKS_SECTION = "flowmason.checks";

export const COMMAND_IDS = [
  "flowmason.newPipeline",
  "flowmason.openAsPipeline",
  "flowmason.openAsText",
  "flowmason.runPipeline",
  "flowmason.debugPipeline",
  "flowmason.debugRecordedRun",
  "flowmason.importRun",
  "flowmason.toggleBreakpoint",
  "flowmason.toggleBreakpointAfter",
  "flowmason.toggleBreakpointOnError",
  "flowmason.runToStage",
  "flowmason.skipStage",
  "flowmason.retryStage",
  "flowmason.keepPartialAnswer",
  "flowmason.traceValue",
  "flowmason.openValue",
  "flowmason.forkRun",
  "flowmason.liveReplay",
  "flowmason.showForks",
  "flowmason.sweep",
  "flowmason.startFromStage",
  "flowmason.continueEdited",
  "flowmason.pinOutput",
  "flowmason.unpinOutput",
  "flowmason.showPins",
  "flowmason.showStageInText",
  "flowmason.showResolvedPipeline",
  "flowmason.exportGraph",
  "flowmason.answerQuestion",
  "flowmason.setApiKey",
  "flowmason.setUpGitMerge",
  "flowmason.searchStage",
  "flowmason.showComponents",
  "flowmason.fitCanvas",
  "flowmason.alignLeft",
  "flowmason.alignCentre",
  "flowmason.alignRight",
  "flowmason.alignTop",
  "flowmason.alignMiddle",
  "flowmason.alignBottom",
  "flowmason.distributeHorizontally",
  "flowmason.distributeVertically",
  "flowmason.tidyLayout",
  "flowmason.extractSubpipeline",
  "flowmason.inlineSubpipeline",
  "flowmason.openCalledPipeline",
  "flowmason.compareSelected",
  "flowmason.compareWithHead",
  "flowmason.compareWithBranch",
  "flowmason.compareWithRun",
  "flowmason.compareRuns",
  "flowmason.openVisualDiff",
  "flowmason.nextChange",
  "flowmason.previousChange",
  "flowmason.mergePipeline",
  "flowmason.completeMerge",
  "flowmason.showLog",
  "flowmason.restartLanguageServer",
] as const;

/** Every command that the extension contributes. */
export type CommandId = (typeof COMMAND_IDS)[number];
