import { componentDefinitions } from "#core/component-definitions";
import { deliveryStage, failsUndelivered, type PipelineDocument, type Problem } from "#core/pipeline";
import { compileStage } from "./compile-stage.ts";
import { noWaiters } from "./dependent.ts";
import type { Draft, DraftRegion, Report } from "./draft.ts";
import { documentProblem } from "./plan-problem.ts";
import type { DeliveryPlan } from "./run-plan.ts";
import { linksOf } from "./stage-links.ts";
import type { StageTree } from "./stage-tree.ts";

/**
 * Compiles `output_config` as a stage that comes after all others, and is none of them: the scheduler does not know it.
 * Null where nothing is to be delivered.
 */
export function compileDelivery(
  document: PipelineDocument,
  drafts: ReadonlyMap<string, Draft>,
  tree: StageTree,
  problems: Problem[],
): { readonly plan: DeliveryPlan; readonly draft: Draft; readonly report: Report } | null {
  const stage = deliveryStage(document.pipeline);
  // The built-in one always: a project's own component of that name would be another promise.
  const definition = componentDefinitions.get("output_router");
  if (stage === null || definition === undefined) return null;
  const report: Report = (_stage, code, message) =>
    problems.push(documentProblem(code, message.replace(naming, '"output_config"'), stage.span));
  const region: DraftRegion = {
    owner: null,
    parent: null,
    stages: [],
    indexOf: new Map(),
    waiters: noWaiters,
  };
  const draft = compileStage(stage, definition, region, report);
  // Only to find what it names and cannot have: everything has ended before it, so it waits for nothing.
  linksOf(draft, drafts, tree, report);
  const destinations = draft.inputs.fields.find(({ field }) => field === "destinations")?.value;
  const plan = {
    stage: draft,
    destinations: destinations?.kind === "constant" ? destinations.value : [],
    failOnError: failsUndelivered(document.pipeline),
  };
  return { plan, draft, report };
}

/** How messages about a stage call this one. */
const naming = /[Ss]tage "\$output_config"/;
