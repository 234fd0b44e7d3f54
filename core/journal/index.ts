// What happened in a run: the event union, journals to write it to, the file format, and the fold to a state.
// Everything about a run can be told from its journal alone. Nothing here may run anything, and no event may hold
// a value that a later reader cannot have.
export { contentHash } from "./content-hash.ts";
export { encodeEvent } from "./encode-event.ts";
export { encodeJson } from "./encode-json.ts";
export type {
  EncodedJson,
  FailureFollowUp,
  FinalDecision,
  FrameEnd,
  JournalBody,
  JournalEvent,
  JournalSink,
  OwnerDecision,
  OwnerEvent,
  PipelineIdentity,
  RunEvent,
  RunFailure,
  RunStatus,
  SkipCause,
  StageEvent,
  StageStatus,
  ValueRef,
} from "./event.ts";
export { createMemoryJournal, type MemoryJournal } from "./memory-journal.ts";
export {
  createNdjsonSink,
  encodeHeader,
  encodeValue,
  journalBeginning,
  journalFormat,
  type LineWriter,
} from "./ndjson.ts";
export { type JournalProblem, type RecordedRun, readJournal } from "./read-journal.ts";
export { applyEvent, emptyRunState, foldRun, type RunState, type StageState } from "./run-state.ts";
export { MAX_VALUE_DEPTH, MAX_VALUE_SIZE, whyUnwritable } from "./value-limits.ts";
