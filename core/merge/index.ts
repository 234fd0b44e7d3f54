// What is different between two pipelines, and three of them merged: by stage and property, in any dialect, with the
// text of one side kept wherever it can be. It works on texts and gives texts, and knows no file, no Git and no view.
// What it cannot decide it leaves as "ours" has it, and says so: it must never lose a change without a word.
export { applyDiff } from "./diff/apply-diff.ts";
export {
  type Branch,
  type BranchMoved,
  type Change,
  isLayout,
  isSpelling,
  type PipelineDiff,
  type StageAdded,
  type StageRelocated,
  type StageRemoved,
  type Topic,
  type ValueChanged,
} from "./diff/change.ts";
export { type DiffResult, diffPipelines } from "./diff/diff-pipelines.ts";
export { changeSign } from "./report/change-sign.ts";
export { describeChange, pathWords, valueWords } from "./report/describe-change.ts";
export { type ItemPiece, listPieces } from "./report/list-pieces.ts";
export { pipelineOutline } from "./report/pipeline-outline.ts";
export { type Piece, wordPieces } from "./report/word-pieces.ts";
export {
  addressOf,
  type Choice,
  type Decision,
  type DecisionReason,
  type Side,
} from "./three-way/decision.ts";
export { mergeAndCheck } from "./three-way/merge-and-check.ts";
export { type MergeOptions, type MergeResult, mergePipelines } from "./three-way/merge-pipelines.ts";
