import { type ForkOutcome, noUsage, type UsageTotals, usageAsJson } from "#core/journal";
import { addressKey, type Json } from "#core/ports";
import { usageLine } from "../run/usage-line.ts";
import { columns, costWords, durationWords } from "../runs/words.ts";
import { printable, type Terminal } from "../terminal.ts";
import type { PlannedVariant } from "./plan-sweep.ts";

/** What came of a value; null where its fork did not begin, as the sweep was cancelled. */
export interface SweptVariant {
  readonly value: Json;
  readonly run: string | null;
  readonly outcome: ForkOutcome | null;
}

/** Characters of a value in a column. */
const ROOM = 60;

/** Says on standard error what would run for each value, and about what all of it takes. */
export function tellSweep(variants: readonly PlannedVariant[], { err }: Terminal): void {
  for (const { value, continuation } of variants) {
    const stages = [...continuation.again.map(({ address }) => addressKey(address)), ...continuation.ahead];
    const words = stages.length === 0 ? "nothing runs again" : stages.map(printable).join(", ");
    err.write(`${err.style("yellow", "↻")} ${shortly(value)} ${err.style("gray", words)}\n`);
  }
  const { used, unknown } = estimateOfAll(variants);
  const line = usageLine(used);
  if (line !== null) err.write(`About what all of these stages took before: ${line}\n`);
  if (unknown.length > 0)
    err.write(`What these ask of a language model is not known: ${unknown.map(printable).join(", ")}.\n`);
  if (line === null && unknown.length === 0) err.write("No language model would be asked.\n");
}

/** A line for each value: how its fork went, what that took, and what came of it. */
export function printVariants(
  variants: readonly SweptVariant[],
  stage: string | null,
  { out }: Terminal,
): void {
  const heads = ["VALUE", "OUTCOME", "TIME", "TOKENS", "COST", "RUN", stage === null ? "OUTPUT" : stage];
  const rows = variants.map(({ value, run, outcome }) => [
    shortly(value),
    outcome?.status ?? "did not run",
    durationWords(outcome?.durationMs ?? null),
    tokensIn(outcome?.usage),
    costIn(outcome?.usage),
    run ?? "-",
    resultWords(outcome, stage),
  ]);
  for (const row of columns([heads, ...rows])) out.write(`${row.join("  ").trimEnd()}\n`);
}

/** A sweep that is over, as --json shows it. */
export function sweepDocument(run: string, path: string, variants: readonly SweptVariant[]): object {
  return {
    run,
    path,
    variants: variants.map(({ value, run: fork, outcome }) => ({
      value,
      run: fork,
      status: outcome?.status ?? "not-started",
      duration_ms: outcome?.durationMs ?? null,
      usage: outcome === null ? null : usageAsJson(outcome.usage),
      output: outcome?.output ?? null,
      stage_output: outcome?.stageOutput ?? null,
      failure: outcome?.failure ?? null,
    })),
  };
}

/** A sweep that is only planned. */
export function planDocument(run: string, path: string, variants: readonly PlannedVariant[]): object {
  return {
    status: "planned",
    run,
    path,
    variants: variants.map(({ value, continuation: { again, ahead, effects }, estimate }) => ({
      value,
      again: again.map(({ address }) => addressKey(address)),
      ahead,
      effects: effects.map(addressKey),
      estimate: { before: usageAsJson(estimate.before), unknown: estimate.unknown },
    })),
  };
}

function estimateOfAll(variants: readonly PlannedVariant[]): {
  readonly used: UsageTotals;
  readonly unknown: readonly string[];
} {
  const used = variants.map(({ estimate }) => estimate.before).reduce(plus, noUsage);
  return { used, unknown: [...new Set(variants.flatMap(({ estimate }) => estimate.unknown))] };
}

function plus(one: UsageTotals, other: UsageTotals): UsageTotals {
  return {
    calls: one.calls + other.calls,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    uncountedCalls: one.uncountedCalls + other.uncountedCalls,
    costUsd: Number((one.costUsd + other.costUsd).toPrecision(12)),
    unpricedCalls: one.unpricedCalls + other.unpricedCalls,
  };
}

function resultWords(outcome: ForkOutcome | null, stage: string | null): string {
  if (outcome === null) return "";
  if (outcome.failure !== null) return printable(outcome.failure);
  return shortly((stage === null ? outcome.output : outcome.stageOutput) ?? null);
}

function tokensIn(usage: UsageTotals | undefined): string {
  if (usage === undefined || usage.calls === 0 || usage.uncountedCalls === usage.calls) return "-";
  return `${usage.inputTokens + usage.outputTokens}${usage.uncountedCalls === 0 ? "" : "+"}`;
}

function costIn(usage: UsageTotals | undefined): string {
  if (usage === undefined || usage.calls === 0 || usage.unpricedCalls === usage.calls) return "-";
  return `${costWords(usage.costUsd)}${usage.unpricedCalls === 0 ? "" : "+"}`;
}

function shortly(value: Json): string {
  const text = printable(JSON.stringify(value));
  return text.length > ROOM ? `${text.slice(0, ROOM - 1)}…` : text;
}
