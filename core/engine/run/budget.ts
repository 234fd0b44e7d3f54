import {
  addUsage,
  countUsage,
  type JournalEvent,
  noUsage,
  type RunFailure,
  type UsageTotals,
} from "#core/journal";
import type { Budget } from "#core/pipeline";
import { addressKey, type Json } from "#core/ports";
import { unpriced } from "../plan/budget-problems.ts";
import type { RunBudget } from "../plan/run-plan.ts";
import type { StartFrom } from "../resume/start-from.ts";

type Listener = (event: JournalEvent) => void;

/** Watches what a run uses. */
export interface BudgetWatch {
  /** Gets each event of the run, and passes it on; undefined where no one listens. */
  readonly onEvent: Listener | undefined;
  /**
   * From here on it counts, with what a record that the run goes on from had used; a fork begins anew. Gives why the
   * run is to stop at once, where that is too much already.
   */
  begin(from: StartFrom | null): RunFailure | null;
}

/**
 * Calls `stop` once a call of a model took the run over its tokens or its cost, with why; and before one whose cost
 * cannot be known, where that is capped. What calls in flight have used by then no one knows.
 */
export function watchBudget(
  budget: RunBudget | null,
  onEvent: Listener | undefined,
  stop: (failure: RunFailure) => void,
): BudgetWatch {
  if (budget === null) return { onEvent, begin: () => null };
  let used: UsageTotals | null = null;
  return {
    onEvent: (event) => {
      onEvent?.(event);
      if (used === null) return;
      used = countUsage(used, event);
      const failure = failureAt(event, budget, used);
      if (failure !== null) stop(failure);
    },
    begin: (from) => {
      used = from?.used ?? noUsage;
      return overspent(budget.limits, used, "before it went on");
    },
  };
}

function failureAt(event: JournalEvent, budget: RunBudget, used: UsageTotals): RunFailure | null {
  if (event.kind === "model-called") return unknownBefore(event, budget);
  if (event.kind !== "model-answered") return null;
  const stage = addressKey(event.address);
  return unknownAfter(event, budget.limits) ?? overspent(budget.limits, used, `the last by stage "${stage}"`);
}

function unknownBefore(
  { address, request: { provider, model } }: Extract<JournalEvent, { kind: "model-called" }>,
  { limits: { costUsd }, isPriced }: RunBudget,
): RunFailure | null {
  if (costUsd === null || isPriced(provider, model)) return null;
  const stage = addressKey(address);
  const name = model === null ? `${provider}'s default model` : `${provider}/${model}`;
  return failed(`Stage "${stage}" asks ${unpriced(name)}`, { cap: "cost_usd", limit: costUsd, stage });
}

/** A cap is not kept where one does not know what is used. Offline asks no model, and uses none. */
function unknownAfter(
  { address, usage }: Extract<JournalEvent, { kind: "model-answered" }>,
  { tokens, costUsd }: Budget,
): RunFailure | null {
  const stage = addressKey(address);
  const { calls, uncountedCalls, unpricedCalls } = addUsage(noUsage, usage);
  if (tokens !== null && calls === uncountedCalls && usage.provider !== "offline") {
    const message = `${usage.provider} does not tell how many tokens its answer to stage "${stage}" has, so that the budget of ${tokens} tokens cannot be kept. Limit wall_time instead.`;
    return failed(message, { cap: "tokens", limit: tokens, stage });
  }
  if (costUsd === null || unpricedCalls === 0) return null;
  const message = `What the call of stage "${stage}" cost is not known: ${usage.provider} does not tell its tokens, or answered with a model without a price, ${usage.model}. The budget's cost_usd cannot be kept.`;
  return failed(message, { cap: "cost_usd", limit: costUsd, stage });
}

/** `where` says at which stage it was. */
function overspent({ tokens, costUsd }: Budget, used: UsageTotals, where: string): RunFailure | null {
  const sum = used.inputTokens + used.outputTokens;
  if (tokens !== null && sum > tokens) {
    const message = `The run went over its budget of ${tokens} tokens: ${sum} were used, ${where}. Raise "tokens" of the budget, or ask for less.`;
    return failed(message, { cap: "tokens", limit: tokens, used: sum });
  }
  if (costUsd !== null && used.costUsd > costUsd) {
    const message = `The run went over its budget of $${costUsd}: $${used.costUsd} were spent, ${where}. Raise "cost_usd" of the budget, or ask a cheaper model.`;
    return failed(message, { cap: "cost_usd", limit: costUsd, used: used.costUsd });
  }
  return null;
}

function failed(message: string, details: Json): RunFailure {
  return { type: "EXECUTION", message, recoverable: false, stage: null, details };
}
