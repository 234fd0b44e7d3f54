import { nearest } from "#core/expressions";
import type { Problem } from "#core/pipeline";
import { chooseModel } from "../run/model-choice.ts";
import { constantField } from "./called-in.ts";
import type { Callees } from "./callees.ts";
import { documentProblem } from "./plan-problem.ts";
import type { PlanOptions } from "./plan-run.ts";
import type { PipelinePlan } from "./run-plan.ts";
import { stagesIn } from "./stages-in.ts";
import { workOf } from "./work-of.ts";

/** A problem where the provider that replaces all others is none. */
export function* providerProblems({ provider = null, providers }: PlanOptions): Iterable<Problem> {
  if (provider === null || providers === undefined || providers.has(provider)) return;
  const meant = nearest(provider, [...providers]);
  const hint = meant === undefined ? `There are ${[...providers].join(", ")}.` : `Did you mean "${meant}"?`;
  const message = `There is no provider "${provider}". ${hint} More can be named in flowmason.json.`;
  yield documentProblem("FM2007", message, nowhere);
}

/** What a stage's provider is held against before a run. */
export interface UsableProviders {
  /** Providers that this run cannot use, each with why and what to do. */
  readonly unusable: ReadonlyMap<string, string>;
  /** What replaces every stage's provider. */
  readonly provider: string | null;
  readonly callees: Callees;
}

/**
 * A problem for each provider that stages ask and this run cannot use, as far as the file says which; what an
 * expression names fails when it is asked.
 */
export function* unusableProviders(
  plan: PipelinePlan,
  { unusable, provider, callees }: UsableProviders,
): Iterable<Problem> {
  if (unusable.size === 0) return;
  const told = new Set<string>();
  for (const { pipeline, stage: named } of stagesIn([plan], callees)) {
    const { defaults } = pipeline;
    const stage = workOf(named);
    const own = constantField(stage, "provider");
    if (!named.enabled || (provider === null && own === undefined)) continue;
    const asked = chooseModel({ provider, defaults }, stage, { provider: own ?? null })?.provider;
    const why = asked === undefined ? undefined : unusable.get(asked);
    if (asked === undefined || why === undefined || told.has(asked)) continue;
    told.add(asked);
    yield documentProblem("FM2008", `Stage "${named.id}" cannot ask its model. ${why}`, nowhere);
  }
}

const nowhere = { start: 0, end: 0 };
