// What happened in a run: the event union, journals to write it to, the file format, and the fold to a state.
// Everything about a run can be told from its journal alone. Nothing here may run anything, and no event may hold
// a value that a later reader cannot have.
export { attemptKeyOf } from "./attempt-key.ts";
export { compareRuns, type RunComparison, type StageComparison } from "./compare-runs.ts";
export { contentHash } from "./content-hash.ts";
export type { FinalDecision, OwnerDecision } from "./decision.ts";
export { encodeEvent } from "./encode-event.ts";
export { type EncodedJson, encodeJson } from "./encode-json.ts";
export type { JournalBody, JournalEvent } from "./event.ts";
export { type ForkOutcome, forkOutcome, outputsOfStage } from "./fork-outcome.ts";
export { type ForkRow, forkRows, type MaybeFork, treeOf } from "./fork-rows.ts";
export { type FrameEvent, stepOf } from "./frame-event.ts";
export { createJournalReader, type JournalProblem, type JournalReader } from "./journal-reader.ts";
export type { JournalSink } from "./journal-sink.ts";
export { createMemoryJournal, type MemoryJournal } from "./memory-journal.ts";
export {
  continueNdjsonSink,
  createNdjsonSink,
  encodeHeader,
  journalBeginning,
  journalFormat,
  type LineWriter,
} from "./ndjson.ts";
export { overriddenName, overriddenPart } from "./overridden.ts";
export type { FrameEnd, OwnerEvent } from "./owner-event.ts";
export { questionSchema } from "./question-schema.ts";
export { type RecordedRun, readJournal } from "./read-journal.ts";
export { refsOf } from "./refs-of.ts";
export type { ForkOrigin, PipelineIdentity, RunEvent, RunFailure, RunStatus } from "./run-event.ts";
export {
  applyEvent,
  emptyRunState,
  foldRun,
  type RunState,
} from "./run-state.ts";
export { createShorthand, type Shorthand } from "./shorthand.ts";
export type { FailureFollowUp, OverrideTarget, SkipCause, StageEvent } from "./stage-event.ts";
export { figuresOf, type StageFigures } from "./stage-figures.ts";
export type { StageOverride, StageState, StageStatus } from "./stage-state.ts";
export { rangesOf, standingEvents } from "./standing-events.ts";
export { storedValue } from "./stored-value.ts";
export { type RunSummary, summarizeRun } from "./summarize-run.ts";
export { createTimeline, type Timeline } from "./timeline.ts";
export { countUpTo } from "./tracks.ts";
export { addUsage, countUsage, noUsage, type UsageTotals, usageAsJson } from "./usage-totals.ts";
export { type ComparisonRules, type ValueChange, valueChanges } from "./value-changes.ts";
export { MAX_VALUE_DEPTH, MAX_VALUE_SIZE, whyUnwritable } from "./value-limits.ts";
export {
  encodeParts,
  encodeValue,
  type Part,
  partsText,
  type ReadValue,
  type StoredText,
} from "./value-line.ts";
export type { ValueRef } from "./value-ref.ts";
