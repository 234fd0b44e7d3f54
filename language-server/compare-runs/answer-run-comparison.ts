import {
  compareRuns,
  figuresOf,
  type RecordedRun,
  type RunComparison,
  type RunState,
  type StageComparison,
  type StageFigures,
  summarizeRun,
} from "#core/journal";
import { parsePipeline } from "#core/pipeline";
import type { ComparedRuns, ComparedStageRuns, DiffChange, RunComparisonAnswer } from "#protocol";
import { answerDiff } from "../diff/answer-diff.ts";
import { recordedText } from "../recorded-pipeline.ts";
import { runChanges } from "./run-changes.ts";

/** Stages that are told at most, and differences of values: a view has no room for more, and `fm diff-runs` has them all. */
const MOST_STAGES = 500;
const MOST_CHANGES = 500;

/** What stands for the text that a record does not have. */
const NOTHING = "{}";

/** What is different between two recorded runs and the pipelines that they were of, for views. */
export function answerRunComparison(before: RecordedRun, after: RecordedRun): RunComparisonAnswer {
  const comparison = compareRuns(before, after);
  const texts = { before: recordedText(before), after: recordedText(after) };
  const answer = answerDiff(parsePipeline(texts.before ?? NOTHING), parsePipeline(texts.after ?? NOTHING));
  const renamed = answer.ok ? new Map(answer.renamed.map((each) => [each.before, each.after])) : new Map();
  const stageOf = (stage: StageComparison): string => ownStage(stage, renamed);
  const differences = runChanges(comparison, stageOf);
  const told = differences.slice(0, MOST_CHANGES);
  const leftOut = {
    stages: Math.max(0, comparison.stages.length - MOST_STAGES),
    changes: differences.length - told.length,
  };
  return {
    texts,
    answer: answer.ok ? { ...answer, changes: byStage(answer.changes, told) } : answer,
    runs: { ...comparedRuns(comparison, stageOf), leftOut },
  };
}

function comparedRuns(
  { isAlike, firstDivergent, before, after, stages }: RunComparison,
  stageOf: (stage: StageComparison) => string,
): Omit<ComparedRuns, "leftOut"> {
  return {
    alike: isAlike,
    firstDivergent,
    run: {
      outcome: { before: before.status, after: after.status },
      ...pairs(runFigures(before), runFigures(after)),
    },
    stages: stages.slice(0, MOST_STAGES).map(
      (stage): ComparedStageRuns => ({
        address: stage.stage,
        stage: stageOf(stage),
        alike: stage.isAlike,
        outcome: { before: outcomeOf(stage.before), after: outcomeOf(stage.after) },
        ...pairs(figuresOf(stage.before), figuresOf(stage.after)),
      }),
    ),
  };
}

/** What succeeded without having run is told as such. */
function outcomeOf(stage: StageComparison["before"]): string | null {
  if (stage === undefined) return null;
  return stage.status === "succeeded" && stage.cache === "hit" ? "cached" : stage.status;
}

function runFigures(state: RunState): StageFigures {
  const { startedAt, finishedAt, inputTokens, outputTokens, costUsd } = summarizeRun(state);
  const isTold = inputTokens !== null || outputTokens !== null;
  return {
    durationMs: startedAt === null || finishedAt === null ? null : finishedAt - startedAt,
    tokens: isTold ? (inputTokens ?? 0) + (outputTokens ?? 0) : null,
    costUsd,
  };
}

function pairs(
  was: StageFigures,
  is: StageFigures,
): Readonly<Record<keyof StageFigures, { before: number | null; after: number | null }>> {
  return {
    durationMs: { before: was.durationMs, after: is.durationMs },
    tokens: { before: was.tokens, after: is.tokens },
    costUsd: { before: was.costUsd, after: is.costUsd },
  };
}

/** The stage of the pipeline itself, by the id that it has now; one of a called pipeline is its caller's. */
function ownStage({ before, after }: StageComparison, renamed: ReadonlyMap<string, string>): string {
  const address = (after ?? before)?.address;
  const stage = address?.frames.find(({ kind }) => kind === "subpipeline")?.owner ?? address?.stage ?? "";
  return after === undefined ? (renamed.get(stage) ?? stage) : stage;
}

/** What a stage says otherwise stands before what it did otherwise; stages come as the runs came to them. */
function byStage(pipeline: readonly DiffChange[], runs: readonly DiffChange[]): readonly DiffChange[] {
  const stages = new Set(runs.map(({ stage }) => stage));
  const of = (changes: readonly DiffChange[], stage: string | null): readonly DiffChange[] =>
    changes.filter((change) => change.stage === stage);
  return [
    ...[...stages].flatMap((stage) => [...of(pipeline, stage), ...of(runs, stage)]),
    ...pipeline.filter(({ stage }) => !stages.has(stage)),
  ];
}
