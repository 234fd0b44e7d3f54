import type { ForkOrigin, PipelineIdentity, RunFailure } from "./run-event.ts";
import type { RunState } from "./run-state.ts";
import type { StageStatus } from "./stage-state.ts";

/** A run in a few lines: what a list of runs shows. */
export interface RunSummary {
  readonly runId: string;
  readonly pipeline: PipelineIdentity | null;
  /** What it was forked from; null where it was not. */
  readonly fork: ForkOrigin | null;
  readonly status: RunState["status"];
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly failure: RunFailure | null;
  /** How many events there are. */
  readonly events: number;
  /** How many stages of all frames are in each state; one that was never heard of is in none. */
  readonly stages: Readonly<Record<StageStatus, number>>;
  /** Of all calls of language models; null where no provider told a number. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** In US dollars, of the calls whose cost is known; null where none is. */
  readonly costUsd: number | null;
  /** How many questions are open. */
  readonly questions: number;
}

/** Counts up what a run's state says. */
export function summarizeRun(state: RunState): RunSummary {
  const stages = { waiting: 0, running: 0, succeeded: 0, failed: 0, skipped: 0, cancelled: 0 };
  let inputTokens: number | null = null;
  let outputTokens: number | null = null;
  let costUsd: number | null = null;
  let questions = 0;
  for (const { status, usage, question } of state.stages.values()) {
    stages[status] += 1;
    if (question !== null) questions += 1;
    for (const call of usage) {
      inputTokens = sum(inputTokens, call.inputTokens);
      outputTokens = sum(outputTokens, call.outputTokens);
      costUsd = sum(costUsd, call.costUsd ?? null);
    }
  }
  const { runId, pipeline, fork, status, startedAt, finishedAt, failure, seq } = state;
  const run = { runId, pipeline, fork, status, startedAt, finishedAt, failure, events: seq + 1 };
  return { ...run, stages, inputTokens, outputTokens, costUsd: roundedCost(costUsd), questions };
}

/** Without the noise of sums of decimals. */
function roundedCost(cost: number | null): number | null {
  return cost === null ? null : Number(cost.toPrecision(12));
}

function sum(total: number | null, more: number | null): number | null {
  return more === null ? total : (total ?? 0) + more;
}
