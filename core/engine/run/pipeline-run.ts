import type { Json } from "#core/ports";
import type { PipelinePlan, RunPlan } from "../plan/run-plan.ts";
import type { ReturnDirective } from "./session.ts";

/** A pipeline that runs: the run's own, or one that a stage of it called. Each has a name space of its own. */
export interface PipelineRun {
  readonly plan: PipelinePlan;
  /** What expressions see of its input. */
  readonly visibleInput: Json;
  /** The pipeline whose stage called it; null for the run's own. */
  readonly caller: PipelineRun | null;
  /** What a return in it gave; the first counts. */
  returned: ReturnDirective | null;
}

/** The run's own pipeline. */
export function mainPipeline(plan: RunPlan): PipelineRun {
  return { plan, visibleInput: plan.visibleInput, caller: null, returned: null };
}

/** The pipelines that are open where `innermost` runs, the run's own first. */
export function pipelinesAround(innermost: PipelineRun): readonly PipelinePlan[] {
  const plans: PipelinePlan[] = [];
  for (let each: PipelineRun | null = innermost; each !== null; each = each.caller) plans.unshift(each.plan);
  return plans;
}
