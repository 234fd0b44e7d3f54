import type { JsonObject, ModelUsage } from "#core/ports";
import type { JournalEvent } from "./event.ts";

/** What calls of models used together. */
export interface UsageTotals {
  /** Calls that were answered. */
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the input tokens, those that the providers had in their caches. */
  readonly cachedTokens: number;
  /** Calls whose tokens were not told: the sums above are without theirs. */
  readonly uncountedCalls: number;
  /** In US dollars, of the calls whose cost is known. */
  readonly costUsd: number;
  /** Calls whose cost is not known: `costUsd` is without theirs. */
  readonly unpricedCalls: number;
}

/** The totals of no call. */
export const noUsage: UsageTotals = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  cachedTokens: 0,
  uncountedCalls: 0,
  costUsd: 0,
  unpricedCalls: 0,
};

/** The totals with one more call. */
export function addUsage(totals: UsageTotals, usage: ModelUsage): UsageTotals {
  const { inputTokens, outputTokens, cachedTokens = 0, costUsd } = usage;
  const isCounted = inputTokens !== null && outputTokens !== null;
  return {
    calls: totals.calls + 1,
    inputTokens: totals.inputTokens + (inputTokens ?? 0),
    outputTokens: totals.outputTokens + (outputTokens ?? 0),
    cachedTokens: totals.cachedTokens + cachedTokens,
    uncountedCalls: totals.uncountedCalls + (isCounted ? 0 : 1),
    // As costs themselves: without the noise of sums of decimals.
    costUsd: Number((totals.costUsd + (costUsd ?? 0)).toPrecision(12)),
    unpricedCalls: totals.unpricedCalls + (costUsd === undefined ? 1 : 0),
  };
}

/** The totals with what an event tells of a call, if it does. */
export function countUsage(totals: UsageTotals, event: JournalEvent): UsageTotals {
  return event.kind === "model-answered" ? addUsage(totals, event.usage) : totals;
}

/** The totals as people and programs are told them. What is not known has no number: a 0 would be taken for one. */
export function usageAsJson({ calls, uncountedCalls, unpricedCalls, ...sums }: UsageTotals): JsonObject {
  const told = uncountedCalls === calls ? null : sums;
  return {
    calls,
    inputTokens: told?.inputTokens ?? null,
    cachedTokens: told?.cachedTokens ?? null,
    outputTokens: told?.outputTokens ?? null,
    costUsd: unpricedCalls === calls ? null : sums.costUsd,
    ...(uncountedCalls === 0 ? {} : { callsWithoutTokens: uncountedCalls }),
    ...(unpricedCalls === 0 ? {} : { callsOfUnknownCost: unpricedCalls }),
  };
}
