import { builtInProject, type Project, resolveInProject } from "#core/component-definitions";
import {
  type Budget,
  budgetOver,
  noBudget,
  type PipelineDocument,
  type Problem,
  placeInFile,
} from "#core/pipeline";
import type { Json } from "#core/ports";
import { budgetProblems, type IsPriced } from "./budget-problems.ts";
import { callProblems } from "./call-problems.ts";
import { createCallees } from "./callees.ts";
import { checkInput } from "./check-input.ts";
import { compilePipeline, type PlanContext } from "./compile-pipeline.ts";
import { documentProblem } from "./plan-problem.ts";
import { providerProblems, unusableProviders } from "./provider-problems.ts";
import type { RunPlan } from "./run-plan.ts";
import { runSources } from "./run-sources.ts";
import type { SecretSource } from "./secrets-plan.ts";

/** For what a pipeline is planned; without them there are the built-in components and no other pipeline. */
export interface PlanOptions extends Partial<Project> {
  readonly input: Json;
  /** Replaces every stage's provider and drops its model. */
  readonly provider?: string | null;
  /** The names of all providers there are; without them every name counts as one. */
  readonly providers?: ReadonlySet<string>;
  /** Those of them that this run cannot use, each with why and what to do. */
  readonly unusable?: ReadonlyMap<string, string>;
  /** The provider where neither stage nor pipeline names one: the project's. */
  readonly defaultProvider?: string;
  /** What the run may use at most, each in place of what the pipeline says. */
  readonly budget?: Budget;
  /** Whether a model's price is known; without it none is. */
  readonly isPriced?: IsPriced;
  readonly env?: Readonly<Record<string, string>>;
  /** Without it a pipeline that uses secrets does not start. */
  readonly secrets?: SecretSource;
  /** Where the text is from, relative to the workspace with `/`. */
  readonly path?: string | null;
}

/** A plan, or every reason why there is none. */
export type PlannedRun =
  | { readonly ok: true; readonly plan: RunPlan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks everything that can be known before a stage runs, and compiles the pipeline, and those it calls, for one
 * input. Problems of the document that are errors are among the reasons; warnings are not.
 */
export function planRun(document: PipelineDocument, options: PlanOptions): PlannedRun {
  const { definitions, pipelines } = { ...builtInProject, ...options };
  const context: PlanContext = {
    project: { definitions, pipelines },
    env: options.env ?? {},
    defaultProvider: options.defaultProvider,
    secrets: { source: options.secrets, sources: new Set(options.secrets?.keys) },
  };
  const path = options.path ?? null;
  const compiled = compilePipeline(document, path, context);
  const resolved = resolveInProject(document, context.project, path);
  const { inputSchema } = resolved.document.pipeline;
  const checked = checkInput(inputSchema, options.input);
  const callees = createCallees(context);
  const problems: Problem[] = compiled.ok
    ? Array.from(callProblems(compiled.plan, callees), (problem) => placeInFile(problem, resolved))
    : [...compiled.problems];
  problems.push(...providerProblems(options));
  const { provider = null, unusable = new Map(), isPriced = () => false } = options;
  const limits = budgetOver(compiled.ok ? compiled.plan.ownBudget : noBudget, options.budget ?? noBudget);
  if (compiled.ok) {
    problems.push(...unusableProviders(compiled.plan, { unusable, provider, callees }));
    problems.push(...budgetProblems(compiled.plan, { budget: limits, isPriced, provider, callees }));
  }
  if (!checked.ok) {
    const span = inputSchema?.span ?? { start: 0, end: 0 };
    for (const message of checked.messages)
      problems.push(placeInFile(documentProblem("FM2003", message, span), resolved));
  }
  if (!compiled.ok || !checked.ok || problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    plan: {
      ...compiled.plan,
      input: checked.input,
      visibleInput: checked.visible,
      provider,
      callees,
      budget: limits,
      isPriced,
      sources: runSources(compiled.plan, callees),
    },
  };
}
