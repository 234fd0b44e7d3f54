import type { DebugProtocol } from "@vscode/debugprotocol";
import { exceptionBreakpointFilters } from "./breakpoints/failure-filters.ts";

/** What the adapter can do. Each line that is true has a test that drives it. */
export const capabilities: DebugProtocol.Capabilities = {
  // Breakpoints arrive before the run begins.
  supportsConfigurationDoneRequest: true,
  // By the id of a stage or a component type; before, after, or on error.
  supportsFunctionBreakpoints: true,
  // Where a stage opens.
  supportsBreakpointLocationsRequest: true,
  // On what terms a breakpoint stops, in the language of the pipeline; and what it writes instead.
  supportsConditionalBreakpoints: true,
  supportsHitConditionalBreakpoints: true,
  supportsLogPoints: true,
  // At which failures the run stops, each with a condition; and what there is to know of one.
  exceptionBreakpointFilters,
  supportsExceptionFilterOptions: true,
  supportsExceptionInfoRequest: true,
  // A value changes, or goes to another stage.
  supportsDataBreakpoints: true,
  // One branch goes on while the others stay, or is ended while they go on.
  supportsSingleThreadExecutionRequests: true,
  supportsTerminateThreadsRequest: true,
  // Inputs before an attempt, an output after it, and variables are set by hand, where the run is live.
  supportsSetVariable: true,
  supportsSetExpression: true,
  // Where a step into a stage may lead, if that is more than one place.
  supportsStepInTargetsRequest: true,
  // The stage that the run stands after is tried again.
  supportsRestartFrame: true,
  // Stop cancels the run; its end is recorded before the session ends.
  supportsTerminateRequest: true,
  // Hovering an expression in the file shows its value.
  supportsEvaluateForHovers: true,
  // What is typed in the Debug Console is completed from what is there at the stop.
  supportsCompletionsRequest: true,
  completionTriggerCharacters: ["."],
  // "Copy value" gets the whole value, not the row's preview.
  supportsClipboardContext: true,
};

/** What it can do with a run that it is attached to: end it, or leave it to go on. */
export const attachedCapabilities: DebugProtocol.Capabilities = {
  ...capabilities,
  supportTerminateDebuggee: true,
};

/** What it can do besides where there is a past, which is told once there is: in a run without debugging there is none. */
export const pastCapabilities: DebugProtocol.Capabilities = {
  // Step Back and Reverse, in the record of a run and in a run that is stopped.
  supportsStepBack: true,
  // Jump to Cursor goes to a stage that has run.
  supportsGotoTargetsRequest: true,
};
