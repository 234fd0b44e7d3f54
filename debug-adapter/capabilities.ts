import type { DebugProtocol } from "@vscode/debugprotocol";

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
  // Stop cancels the run; its end is recorded before the session ends.
  supportsTerminateRequest: true,
  // Hovering an expression in the file shows its value.
  supportsEvaluateForHovers: true,
  // "Copy value" gets the whole value, not the row's preview.
  supportsClipboardContext: true,
};
