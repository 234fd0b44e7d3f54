import type { StageState } from "./stage-state.ts";
import { addUsage, noUsage } from "./usage-totals.ts";

/** What a stage took; null where that is not known, or the stage never began. */
export interface StageFigures {
  /** Milliseconds from the beginning of its first attempt to its end. */
  readonly durationMs: number | null;
  /** Of models, in and out; null where no model was asked, or one did not tell. */
  readonly tokens: number | null;
  /** In US dollars; null where no model was asked, or the price of a call is not known. */
  readonly costUsd: number | null;
}

/** What a stage took, by its state; undefined stands for a stage that the run never heard of. */
export function figuresOf(stage: StageState | undefined): StageFigures {
  if (stage === undefined) return { durationMs: null, tokens: null, costUsd: null };
  const { startedAt, finishedAt, usage } = stage;
  const { calls, inputTokens, outputTokens, uncountedCalls, costUsd, unpricedCalls } = usage.reduce(
    addUsage,
    noUsage,
  );
  return {
    durationMs: startedAt === null || finishedAt === null ? null : finishedAt - startedAt,
    tokens: calls === 0 || uncountedCalls > 0 ? null : inputTokens + outputTokens,
    costUsd: calls === 0 || unpricedCalls > 0 ? null : costUsd,
  };
}
