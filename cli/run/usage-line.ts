import type { UsageTotals } from "#core/journal";
import { costWords } from "../runs/words.ts";

/** What the models of a run used, in a line; null when none was called. */
export function usageLine(usage: UsageTotals): string | null {
  if (usage.calls === 0) return null;
  return `Models: ${count(usage.calls, "call")}, ${tokensOf(usage)}, ${costIn(usage)}.`;
}

function tokensOf({ calls, inputTokens, outputTokens, cachedTokens, uncountedCalls }: UsageTotals): string {
  if (uncountedCalls === calls) return "tokens not told";
  const cached = cachedTokens === 0 ? "" : ` (${number(cachedTokens)} of them cached)`;
  const more = uncountedCalls === 0 ? "" : ` and what ${count(uncountedCalls, "call")} did not tell`;
  return `${number(inputTokens)} tokens in${cached}, ${number(outputTokens)} out${more}`;
}

function costIn({ calls, costUsd, unpricedCalls }: UsageTotals): string {
  if (unpricedCalls === calls) return "cost unknown";
  const more = unpricedCalls === 0 ? "" : ` and ${count(unpricedCalls, "call")} of unknown cost`;
  return `${costWords(costUsd)}${more}`;
}

function count(amount: number, what: string): string {
  return `${number(amount)} ${what}${amount === 1 ? "" : "s"}`;
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}
