import type { JournalEvent } from "./event.ts";

/** Every kind of event of this version: a line of another kind was written by a later one. */
export const EVENT_KINDS: ReadonlySet<string> = new Set<JournalEvent["kind"]>([
  "run-started",
  "run-resumed",
  "run-ending",
  "run-finished",
  "stage-started",
  "stage-delta",
  "stage-log",
  "model-called",
  "model-answered",
  "question-asked",
  "question-closed",
  "stage-decided",
  "stage-succeeded",
  "stage-failed",
  "stage-skipped",
  "stage-cancelled",
  "variable-set",
  "iteration-started",
  "iteration-finished",
  "arm-started",
  "arm-finished",
  "call-started",
  "call-finished",
  "stage-ending",
]);
