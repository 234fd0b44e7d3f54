import { addUsage, foldRun, noUsage, type RecordedRun, type UsageTotals } from "#core/journal";
import { addressKey } from "#core/ports";
import type { Continuation } from "../resume/go-on.ts";

/** What stages that run again may take of language models. */
export interface Estimate {
  /** What those that have run took the last time, all together. */
  readonly before: UsageTotals;
  /** Those that may ask one and have not asked it in this run, so that nothing is known. */
  readonly unknown: readonly string[];
}

/** What the record tells of what would run. */
export function estimateOf({ again, asking }: Continuation, recorded: RecordedRun): Estimate {
  const { stages } = foldRun(recorded.events);
  let before = noUsage;
  for (const { address } of again) {
    const last = stages.get(addressKey(address))?.usage.at(-1);
    if (last !== undefined) before = addUsage(before, last);
  }
  const hasAsked = (key: string): boolean => (stages.get(key)?.usage.length ?? 0) > 0;
  return { before, unknown: asking.filter((key) => !hasAsked(key)) };
}
