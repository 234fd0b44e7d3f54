import type { Budget, Problem } from "#core/pipeline";
import { chooseModel } from "../run/model-choice.ts";
import { constantField } from "./called-in.ts";
import type { Callees } from "./callees.ts";
import { documentProblem } from "./plan-problem.ts";
import type { PipelinePlan, StagePlan } from "./run-plan.ts";
import { stagesIn } from "./stages-in.ts";

/** Whether the price of a provider's model is known; null is the provider's default. */
export type IsPriced = (provider: string, model: string | null) => boolean;

/** What budgets are held against before a run. */
export interface BudgetContext {
  /** The run's; pipelines that it calls have their own. */
  readonly budget: Budget;
  readonly isPriced: IsPriced;
  /** What replaces every stage's provider. */
  readonly provider: string | null;
  readonly callees: Callees;
}

/**
 * A cap on the cost can be kept only where costs are known: a problem for each model without a price that a stage asks,
 * as far as the file says which; others stop the run when they are about to be asked.
 */
export function* budgetProblems(plan: PipelinePlan, context: BudgetContext): Iterable<Problem> {
  const told = new Set<string>();
  for (const { around, pipeline, stage } of stagesIn([plan], context.callees)) {
    const isCapped =
      context.budget.costUsd !== null || around.slice(1).some(({ ownBudget }) => ownBudget.costUsd !== null);
    if (!isCapped) continue;
    const choice = chosenIn(pipeline, stage, context.provider);
    if (choice === null || context.isPriced(choice.provider, choice.model)) continue;
    const name =
      choice.model === null ? `${choice.provider}'s default model` : `${choice.provider}/${choice.model}`;
    if (told.has(name)) continue;
    told.add(name);
    yield documentProblem("FM2050", `Stage "${stage.id}" asks ${unpriced(name)}`, { start: 0, end: 0 });
  }
}

/** What is wrong about a model without a price, and what to do. */
export function unpriced(name: string): string {
  return `${name}, whose price is not known, so that the budget's cost_usd could not be kept. Give the price under "prices" in flowmason.json, as provider/model or provider/*, or limit tokens instead.`;
}

function chosenIn(
  { defaults }: PipelinePlan,
  stage: StagePlan,
  provider: string | null,
): { readonly provider: string; readonly model: string | null } | null {
  if (!stage.enabled || stage.isMatrix) return null;
  const [own, model] = [constantField(stage, "provider"), constantField(stage, "model")];
  if (provider === null && (own === undefined || model === undefined)) return null;
  return chooseModel({ provider, defaults }, stage, { provider: own ?? null, model: model ?? null });
}
