import type { ForkPlan } from "#protocol";

/** A part of a plan: a heading with the stages under it. */
export interface PlanSection {
  readonly heading: string;
  readonly rows: readonly { readonly stage: string; readonly why: string }[];
}

/** What a fork would do, for a list: what runs again first, what is left out of it last. Empty parts are not there. */
export function planSections({ again, kept, ahead, unmapped, effects }: ForkPlan): readonly PlanSection[] {
  const fired = new Set(effects);
  const rows = (stages: readonly string[], why: string): PlanSection["rows"] =>
    stages.map((stage) => ({ stage, why }));
  const sections: readonly PlanSection[] = [
    {
      heading: "Run again",
      rows: again.map(({ stage, why }) => ({
        stage,
        why: fired.has(stage) ? `${why}; may have had its effect already` : why,
      })),
    },
    { heading: "Have not run yet", rows: rows(ahead, "runs if the run comes to it") },
    { heading: "Taken over from the record", rows: rows(kept, "does not run") },
    {
      heading: "No longer in the pipeline",
      rows: rows(unmapped, "was renamed or deleted: its record is not used"),
    },
  ];
  return sections.filter(({ rows: has }) => has.length > 0);
}

/** About what the stages that run again take, going by what they took: `3 calls of models, 420 tokens, $0.0012`. */
export function estimateWords({ estimate, again }: ForkPlan): string {
  const { calls, tokens, costUsd, unpricedCalls, uncountedCalls, unknown } = estimate;
  if (again.length === 0) return "Nothing that has run runs again";
  const parts = [
    calls === 0 ? "no calls of models" : `${calls} ${calls === 1 ? "call" : "calls"} of models`,
    ...(calls === 0 ? [] : [tokensWords(tokens, uncountedCalls)]),
    ...(calls === 0 || (costUsd === 0 && unpricedCalls > 0)
      ? []
      : [`$${costUsd === 0 ? "0" : costUsd.toFixed(4)}${unpricedCalls === 0 ? "" : " at least"}`]),
    ...(unpricedCalls === 0 ? [] : [`the price of ${unpricedCalls} unknown`]),
    ...(unknown.length === 0 ? [] : [`nothing known of ${unknown.join(", ")}`]),
  ];
  return `Going by the last time: ${parts.join(", ")}`;
}

function tokensWords(tokens: number, uncountedCalls: number): string {
  if (uncountedCalls === 0) return `${tokens} tokens`;
  return tokens === 0 ? "tokens not counted" : `${tokens} tokens at least`;
}
