import {
  figuresOf,
  type RunComparison,
  type StageComparison,
  type StageFigures,
  type ValueChange,
} from "#core/journal";
import type { InspectedRun } from "#host";
import { durationOf } from "../runs/run-document.ts";

/** The two runs of a comparison. */
export interface ComparedRuns {
  readonly before: InspectedRun;
  readonly after: InspectedRun;
}

/** A number of each run, and by how much it changed; null where one of them has none. */
export interface Delta {
  readonly before: number | null;
  readonly after: number | null;
  readonly delta: number | null;
}

/** A comparison, as --format json shows it. */
export function comparisonDocument(comparison: RunComparison, { before, after }: ComparedRuns): object {
  const { isAlike, pipelineChanged, firstDivergent, input, output, stages } = comparison;
  return {
    before: { id: before.runId, status: before.status },
    after: { id: after.runId, status: after.status },
    alike: isAlike,
    pipeline_changed: pipelineChanged,
    first_divergent: firstDivergent,
    duration_ms: deltaOf(durationOf(before), durationOf(after)),
    input_tokens: deltaOf(before.summary.inputTokens, after.summary.inputTokens),
    output_tokens: deltaOf(before.summary.outputTokens, after.summary.outputTokens),
    cost_usd: deltaOf(before.summary.costUsd, after.summary.costUsd),
    input: input.map(changeDocument),
    output: output.map(changeDocument),
    stages: stages.map(stageDocument),
  };
}

/** How a number changed; without the noise of differences of decimals. */
export function deltaOf(before: number | null, after: number | null): Delta {
  const delta = before === null || after === null ? null : Number((after - before).toPrecision(12));
  return { before, after, delta };
}

/** What a stage took in both runs. */
export function stageDeltas({ before, after }: StageComparison): Readonly<Record<keyof StageFigures, Delta>> {
  const [was, is] = [figuresOf(before), figuresOf(after)];
  return {
    durationMs: deltaOf(was.durationMs, is.durationMs),
    tokens: deltaOf(was.tokens, is.tokens),
    costUsd: deltaOf(was.costUsd, is.costUsd),
  };
}

function stageDocument(comparison: StageComparison): object {
  const { stage, before, after, isAlike, inputs, output } = comparison;
  const { durationMs, tokens, costUsd } = stageDeltas(comparison);
  return {
    stage,
    alike: isAlike,
    status: { before: before?.status ?? null, after: after?.status ?? null },
    attempts: { before: before?.attempt ?? null, after: after?.attempt ?? null },
    duration_ms: durationMs,
    tokens,
    cost_usd: costUsd,
    inputs: inputs.map(changeDocument),
    output: output.map(changeDocument),
  };
}

function changeDocument({ path, before, after }: ValueChange): object {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
