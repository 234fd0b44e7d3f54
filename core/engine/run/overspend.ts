import { addUsage, type JournalEvent, noUsage, type RunFailure, type UsageTotals } from "#core/journal";
import type { Budget } from "#core/pipeline";
import { addressKey, type JsonObject } from "#core/ports";
import { type IsPriced, unpriced } from "../plan/budget-problems.ts";

/** Whose budget it is: the run's, or that of a pipeline that a stage of it called. */
export type Spender = { readonly kind: "run" } | { readonly kind: "call"; readonly pipeline: string };

/** A budget, and what is known to hold it against. */
export interface Limits {
  readonly budget: Budget;
  readonly isPriced: IsPriced;
  readonly spender: Spender;
}

/** Whether there are limits that what models use can go over. */
export function limitsUse({ tokens, costUsd }: Budget): boolean {
  return tokens !== null || costUsd !== null;
}

/** Why what this event tells of a call of a model is too much, once `used` counts it; null where it is not. */
export function failureAt(event: JournalEvent, limits: Limits, used: UsageTotals): RunFailure | null {
  if (event.kind === "model-called") return unknownBefore(event, limits);
  if (event.kind !== "model-answered") return null;
  const stage = addressKey(event.address);
  return unknownAfter(event, limits) ?? overspent(limits, used, `the last by stage "${stage}"`);
}

/** Why that is too much; null where it is not. `where` says at which stage it was. */
export function overspent(
  { budget: { tokens, costUsd }, spender }: Limits,
  used: UsageTotals,
  where: string,
): RunFailure | null {
  const sum = used.inputTokens + used.outputTokens;
  if (tokens !== null && sum > tokens) {
    const message = `${wentOver(spender)} of ${tokens} tokens: ${sum} were used, ${where}. Raise "tokens" of the budget, or ask for less.`;
    return overBudget(spender, message, { cap: "tokens", limit: tokens, used: sum });
  }
  if (costUsd !== null && used.costUsd > costUsd) {
    const message = `${wentOver(spender)} of $${costUsd}: $${used.costUsd} were spent, ${where}. Raise "cost_usd" of the budget, or ask a cheaper model.`;
    return overBudget(spender, message, { cap: "cost_usd", limit: costUsd, used: used.costUsd });
  }
  return null;
}

/** How a message about a budget that was not kept begins. */
export function wentOver(spender: Spender): string {
  switch (spender.kind) {
    case "run":
      return "The run went over its budget";
    case "call":
      // Its caller's failure begins with its name.
      return "It went over its budget";
  }
}

function unknownBefore(
  { address, request: { provider, model } }: Extract<JournalEvent, { kind: "model-called" }>,
  { budget: { costUsd }, isPriced, spender }: Limits,
): RunFailure | null {
  if (costUsd === null || isPriced(provider, model)) return null;
  const stage = addressKey(address);
  const name = model === null ? `${provider}'s default model` : `${provider}/${model}`;
  const details = { cap: "cost_usd", limit: costUsd, stage };
  return overBudget(spender, `Stage "${stage}" asks ${unpriced(name)}`, details);
}

/** A cap is not kept where one does not know what is used. Offline asks no model, and uses none. */
function unknownAfter(
  { address, usage }: Extract<JournalEvent, { kind: "model-answered" }>,
  { budget: { tokens, costUsd }, spender }: Limits,
): RunFailure | null {
  const stage = addressKey(address);
  const { calls, uncountedCalls, unpricedCalls } = addUsage(noUsage, usage);
  if (tokens !== null && calls === uncountedCalls && usage.provider !== "offline") {
    const message = `${usage.provider} does not tell how many tokens its answer to stage "${stage}" has, so that the budget of ${tokens} tokens cannot be kept. Limit wall_time instead.`;
    return overBudget(spender, message, { cap: "tokens", limit: tokens, stage });
  }
  if (costUsd === null || unpricedCalls === 0) return null;
  const message = `What the call of stage "${stage}" cost is not known: ${usage.provider} does not tell its tokens, or answered with a model without a price, ${usage.model}. The budget's cost_usd cannot be kept.`;
  return overBudget(spender, message, { cap: "cost_usd", limit: costUsd, stage });
}

function overBudget(spender: Spender, message: string, about: JsonObject): RunFailure {
  const details = spender.kind === "call" ? { ...about, pipeline: spender.pipeline } : about;
  return { type: "EXECUTION", message, recoverable: false, stage: null, details };
}
