import type { PipelineDocument, Problem, Stage } from "#core/pipeline";
import type { Finding } from "./finding.ts";
import { problemOf } from "./problem-of.ts";
import { invalidSuppression } from "./rules/invalid-suppression.ts";
import { unusedSuppression } from "./rules/unused-suppression.ts";
import { ruleOf } from "./rules.ts";
import { readSuppressions, type Suppression, type Suppressions, suppressionsOf } from "./suppressions.ts";

/** A problem that the file says is to be left unsaid, and why if it says so. */
export interface SuppressedProblem {
  readonly problem: Problem;
  readonly reason: string | null;
}

/** Problems apart from those that `$ignore` hides. */
export interface CheckResult {
  readonly problems: readonly Problem[];
  readonly suppressed: readonly SuppressedProblem[];
}

/** Takes out what a stage's `$ignore`, or else the pipeline's, hides, and adds what is wrong with these themselves. */
export function suppress(document: PipelineDocument, problems: readonly Problem[]): CheckResult {
  const whole = readSuppressions(document.pipeline.fields);
  const places: { readonly stage: Stage | null; readonly suppressions: Suppressions }[] = [];
  if (isWritten(whole)) places.push({ stage: null, suppressions: whole });
  for (const stage of document.pipeline.stages) {
    const suppressions = suppressionsOf(stage);
    if (isWritten(suppressions)) places.push({ stage, suppressions });
  }
  if (places.length === 0) return { problems, suppressed: [] };

  const byStage = new Map(places.map(({ stage, suppressions }) => [stage?.id ?? null, suppressions.entries]));
  const used = new Set<Suppression>();
  const suppressed: SuppressedProblem[] = [];
  const left = problems.filter((problem) => {
    const entry = hiding(problem, byStage.get(problem.stage ?? null)) ?? hiding(problem, byStage.get(null));
    if (entry === undefined) return true;
    used.add(entry);
    suppressed.push({ problem, reason: entry.reason });
    return false;
  });
  const found = places.flatMap(({ stage, suppressions }) => {
    const findings: Finding[] = [...invalidSuppression(suppressions)];
    // Of a broken text not everything is found.
    if (!document.broken) findings.push(...unusedSuppression(suppressions.entries, used));
    return findings.map((finding) => problemOf(document, stage, finding));
  });
  return { problems: [...left, ...found], suppressed };
}

function isWritten({ entries, unreadable }: Suppressions): boolean {
  return entries.length > 0 || unreadable.length > 0;
}

function hiding({ code }: Problem, entries: readonly Suppression[] = []): Suppression | undefined {
  if (entries.length === 0) return undefined;
  const rule = ruleOf(code);
  return rule === undefined || rule.fixed === true ? undefined : entries.find((entry) => entry.rule === rule);
}
