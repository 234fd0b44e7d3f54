// The messages between our own processes: webview and extension, extension and debug adapter. One constant per
// message with its name and its shapes, and one channel that both sides open. It says what is sent, never what
// is done about it, and must not know VS Code, the DOM or Node.

export {
  type CanvasAction,
  canvasBreakpointsChanged,
  canvasComponentsChanged,
  canvasControlRun,
  canvasDebug,
  canvasDefect,
  canvasDocumentChanged,
  canvasDrawPng,
  canvasEditRequest,
  canvasExtractSubpipeline,
  canvasFieldCompletions,
  canvasFieldHover,
  canvasGoBack,
  canvasGoToPosition,
  canvasInheritanceChanged,
  canvasInlineSubpipeline,
  canvasOpenAsText,
  canvasOpenCalledPipeline,
  canvasOpenOrigin,
  canvasPerform,
  canvasPinsChanged,
  canvasProblemsChanged,
  canvasReady,
  canvasReveal,
  canvasRevealInText,
  canvasRunBlockedChanged,
  canvasRunChanged,
  canvasRunRequest,
  canvasSave,
  canvasSelectionChanged,
  canvasShowResolved,
  canvasToggleBreakpoint,
  canvasTrailChanged,
  type DrawnPng,
  type StageControl,
} from "./canvas-messages.ts";
export type {
  CanvasBreakpoint,
  CanvasPin,
  CanvasProblem,
  CanvasRun,
  CanvasState,
  DocumentChange,
  TrailStep,
} from "./canvas-state.ts";
export { type Channel, createChannel, type Port, type ReportDefect } from "./channel.ts";
export { ChannelError } from "./channel-error.ts";
export {
  type ComparedText,
  comparisonKeep,
  comparisonOpenText,
  comparisonOpenTextDiff,
  comparisonView,
  type KeptComparison,
  type KeptSource,
  keptComparison,
  type ShownComparison,
} from "./comparison-messages.ts";
export type { ComponentFace } from "./component-face.ts";
export {
  attachArguments,
  DEBUG_TYPE,
  functionLogMessagesRequest,
  keepPartialRequest,
  type LaunchArguments,
  launchArguments,
  type RunStateBody,
  retryStageRequest,
  runStateEvent,
  runToRequest,
  skipStageRequest,
} from "./debug-messages.ts";
export {
  type DiffAnswer,
  type DiffChange,
  type DiffPiece,
  type DiffTopic,
  diffRequest,
  type TextPlace,
} from "./diff-messages.ts";
export type { ChannelErrorCode } from "./envelope.ts";
export type { FieldCompletions, FieldCursor, FieldHover } from "./field-assist.ts";
export {
  FORK_VERSION,
  type ForkArguments,
  type ForkPlan,
  forkArguments,
  forkPlanRequest,
} from "./fork-messages.ts";
export {
  heirsRequest,
  type Inheritance,
  inheritanceChanged,
  inheritanceRequest,
  noInheritance,
  type StageOrigin,
} from "./inheritance.ts";
export { KEPT_SECRETS_VARIABLE, keptSecretsIn } from "./kept-secrets.ts";
export { type KeyMissingBody, keyMissingEvent } from "./key-messages.ts";
export {
  type CalledPipelineAnswer,
  calledPipelineRequest,
  componentsLoaded,
  fieldCompletionsRequest,
  fieldHoverRequest,
  languageServerOptions,
  type ResolveAnswer,
  resolvedChanged,
  resolveRequest,
  workspaceTrusted,
} from "./language-messages.ts";
export {
  type ChosenMerge,
  chosenMerges,
  type MergeAnswer,
  type MergeChoice,
  type MergeDecision,
  type MergeProblem,
  type MergeTexts,
  mergeRequest,
} from "./merge-messages.ts";
export {
  type MergeSide,
  mergeChoose,
  mergeComplete,
  mergeOpenText,
  mergeRedo,
  mergeUndo,
  mergeView,
  type NamedText,
  type ShownMerge,
} from "./merge-view-messages.ts";
export {
  defineEvent,
  defineRequest,
  type EventMessage,
  PROTOCOL_VERSION,
  type RequestMessage,
} from "./message.ts";
export {
  MODEL_REQUESTS_VERSION,
  type ModelDone,
  type ModelFault,
  type ModelRequestBody,
  modelCancelledEvent,
  modelDeltaRequest,
  modelDoneRequest,
  modelFailedRequest,
  modelRequestEvent,
} from "./model-messages.ts";
export {
  type KeptPin,
  keptPinsRequest,
  PINS_VERSION,
  type PinList,
  pinRequest,
  pinsRequest,
  unpinKeptRequest,
  unpinRequest,
} from "./pin-messages.ts";
export { answerRequest, type QuestionBody, questionEvent } from "./question-messages.ts";
export {
  type ComparedRuns,
  type ComparedStageRuns,
  compareRunsRequest,
  type RunComparisonAnswer,
  type RunFigure,
} from "./run-comparison.ts";
export {
  type FamilyRow,
  forkFamilyRequest,
  type ImportedRuns,
  importRunRequest,
  type ListedRun,
  type RunPipelineAnswer,
  type RunsAnswer,
  runPipelineRequest,
  runsRequest,
} from "./run-list.ts";
export type { RunOrigin } from "./run-origin.ts";
export type { PastPoint, StageRunState } from "./run-state.ts";
export {
  forkOutcomesRequest,
  type ShownSweep,
  type SweepRow,
  type SweptOutput,
  type SweptRun,
  shownSweep,
  sweepCompareRun,
  sweepDefect,
  sweepOpenRun,
  sweepReady,
} from "./sweep-messages.ts";
export {
  jumpRequest,
  MOST_MOMENTS,
  MOST_PARTS,
  type Moment,
  type MomentKind,
  TIMELINE_VERSION,
  type TimelinePart,
  type TimelineRun,
  type TimelineState,
  timelineEvent,
  timelineOverviewRequest,
  timelineRequest,
} from "./timeline-messages.ts";
export {
  type ShownTimeline,
  timelineDefect,
  timelineJump,
  timelineMoments,
  timelineOpenRecord,
  timelineOverview,
  timelineReady,
  timelineShown,
  timelineSwitch,
} from "./timeline-view-messages.ts";
export {
  TRACE_VERSION,
  type TraceArguments,
  type TracedStep,
  type TracedValue,
  traceValueRequest,
} from "./trace-messages.ts";
export {
  type AskedPart,
  type JsonRow,
  LARGEST_PICTURE,
  LONGEST_CELL,
  MOST_CHARACTERS,
  MOST_COLUMNS,
  MOST_ROWS,
  READ_VALUE_VERSION,
  type ReadValue,
  type ReadValueArguments,
  readValueRequest,
  type ValueKind,
  type ValuePage,
} from "./value-messages.ts";
export {
  type PartOfValue,
  type ShownValue,
  valueCopy,
  valueDefect,
  valueDiff,
  valueOpenDocument,
  valueRead,
  valueReady,
} from "./value-view-messages.ts";
export type { ViewMessages } from "./view-messages.ts";
export {
  LONGEST_WIRE_VALUE,
  MOST_WIRE_READS,
  MOST_WIRE_VALUES,
  WIRE_VALUES_VERSION,
  type WireRead,
  type WireValue,
  wireValuesRequest,
} from "./wire-values.ts";
