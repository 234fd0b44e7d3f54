import type { JournalEvent } from "./event.ts";

// A table, so that a kind that is missing does not compile: its events would be left out when they are read.
const kinds: Readonly<Record<JournalEvent["kind"], true>> = {
  "run-started": true,
  "run-resumed": true,
  "run-ending": true,
  "run-finished": true,
  "stage-started": true,
  "stage-delta": true,
  "stage-log": true,
  "stage-cache": true,
  "model-called": true,
  "model-answered": true,
  "question-asked": true,
  "question-closed": true,
  "stage-decided": true,
  "stage-succeeded": true,
  "stage-failed": true,
  "stage-skipped": true,
  "stage-cancelled": true,
  "stage-retried": true,
  "variable-set": true,
  "value-overridden": true,
  "iteration-started": true,
  "iteration-finished": true,
  "arm-started": true,
  "arm-finished": true,
  "call-started": true,
  "call-finished": true,
  "stage-ending": true,
};

/** Every kind of event of this version: a line of another kind was written by a later one. */
export const EVENT_KINDS: ReadonlySet<string> = new Set(Object.keys(kinds));
