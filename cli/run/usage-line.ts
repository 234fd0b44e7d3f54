import type { UsageTotals } from "#core/journal";
import { costWords } from "../runs/words.ts";
import type { GoneOn } from "./carry-out.ts";

/** What the models of a run used, in a line; null when none was called. */
export function usageLine(usage: UsageTotals): string | null {
  return usage.calls === 0 ? null : `Models: ${wordsOf(usage)}.`;
}

/** The same of a run that may have gone on from a record: what it used since, and what that has of before. */
export function usageLines(usage: UsageTotals, before: GoneOn | null): readonly string[] {
  if (before === null || before.usage.calls === 0) return [usageLine(usage) ?? []].flat();
  const now = usage.calls === 0 ? "Models now: not called." : `Models now: ${wordsOf(usage)}.`;
  const then = before.kind === "resumed" ? "Before it went on" : "In what is taken over";
  return [now, `${then}: ${wordsOf(before.usage)}.`];
}

function wordsOf(usage: UsageTotals): string {
  return `${count(usage.calls, "call")}, ${tokensOf(usage)}, ${costIn(usage)}`;
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
