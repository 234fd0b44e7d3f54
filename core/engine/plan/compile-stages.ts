import type { ComponentDefinition } from "#core/component-definitions";
import {
  deliveryId,
  hasMatrix,
  type PipelineDocument,
  type Problem,
  readSecrets,
  type Stage,
} from "#core/pipeline";
import { compileDelivery } from "./compile-delivery.ts";
import { compileMatrix } from "./compile-matrix.ts";
import { compileStage, componentFault } from "./compile-stage.ts";
import { findCycle } from "./cycles.ts";
import { regionEdges } from "./dependencies.ts";
import { noWaiters, waitersOf } from "./dependent.ts";
import type { Draft, DraftRegion, Report } from "./draft.ts";
import { documentProblem, stageProblem } from "./plan-problem.ts";
import type { DeliveryPlan, RegionPlan, StagePlan } from "./run-plan.ts";
import { planSecrets, type SecretsContext } from "./secrets-plan.ts";
import { connect, linksOf } from "./stage-links.ts";
import { type Home, type StageTree, stageTree } from "./stage-tree.ts";
import { unsupportedStageFields } from "./unsupported-fields.ts";
import { workOf } from "./work-of.ts";

/** The stages of a document, compiled, and what keeps them from running. `root` is null where too much is wrong. */
export interface CompiledStages {
  readonly root: RegionPlan | null;
  readonly stages: ReadonlyMap<string, StagePlan>;
  readonly delivery: DeliveryPlan | null;
  readonly problems: readonly Problem[];
}

/** Compiles all stages. Never throws; with problems, what it returns is not for running. */
export function compileStages(
  document: PipelineDocument,
  definitions: ReadonlyMap<string, ComponentDefinition>,
  secrets: SecretsContext,
): CompiledStages {
  const problems: Problem[] = [];
  const sources = new Map<string, { readonly stage: Stage; readonly definition: ComponentDefinition }>();
  for (const stage of document.pipeline.stages) {
    for (const { field, message } of unsupportedStageFields(stage.id, stage.fields)) {
      problems.push(stageProblem(document, stage, "FM2010", message, field.keySpan));
    }
    const definition = definitions.get(stage.componentType ?? "");
    const message = componentFault(stage, definition);
    if (message !== null)
      problems.push(
        stageProblem(document, stage, "FM2011", message, stage.writtenType?.span ?? stage.idSpan),
      );
    else if (sources.has(stage.id))
      problems.push(
        stageProblem(
          document,
          stage,
          "FM2012",
          `The id "${stage.id}" is taken by an earlier stage.`,
          stage.idSpan,
        ),
      );
    else if (definition !== undefined) sources.set(stage.id, { stage, definition });
  }
  if (problems.length > 0) return { root: null, stages: new Map(), delivery: null, problems };

  const tree = stageTree(document.pipeline.stages);
  const byId = new Map(Array.from(sources, ([id, { stage }]) => [id, stage]));
  const report = (id: string, code: string, message: string): void => {
    const stage = byId.get(id);
    if (stage !== undefined) problems.push(stageProblem(document, stage, code, message, stage.idSpan));
  };
  for (const fault of tree.faults) report(fault.stage, "FM2013", fault.message);
  if (problems.length > 0) return { root: null, stages: new Map(), delivery: null, problems };

  const { root, regions, drafts } = buildRegions(sources, tree, report);
  for (const draft of drafts.values()) refuseRetry(draft, report);
  const links = Array.from(drafts.values(), (draft) => linksOf(draft, drafts, tree, report));
  const edges = regionEdges(regions, links);
  for (const [region, waits] of edges) {
    const cycle = findCycle(waits);
    if (cycle !== null) reportCycle(region, cycle, report);
  }
  const delivery = compileDelivery(document, drafts, tree, problems);
  const declared = readSecrets(document.pipeline.fields).declared;
  const readers = [...drafts.values(), ...(delivery === null ? [] : [delivery.draft])];
  for (const fault of planSecrets(declared, readers, secrets)) {
    if (fault.stage === null) problems.push(documentProblem("FM2041", fault.message, fault.span));
    else if (fault.stage === deliveryId) delivery?.report(fault.stage, "FM2041", fault.message);
    else report(fault.stage, "FM2041", fault.message);
  }
  if (problems.length > 0) return { root: null, stages: drafts, delivery: null, problems };
  for (const link of links)
    connect(drafts, link, edges.get(link.stage.region)?.[link.stage.index] ?? new Map());
  for (const region of regions) region.waiters = waitersOf(region.stages);
  return { root, stages: drafts, delivery: delivery?.plan ?? null, problems };
}

function buildRegions(
  sources: ReadonlyMap<string, { readonly stage: Stage; readonly definition: ComponentDefinition }>,
  tree: StageTree,
  report: Report,
): {
  readonly root: RegionPlan;
  readonly regions: readonly DraftRegion[];
  readonly drafts: ReadonlyMap<string, Draft>;
} {
  const regions: DraftRegion[] = [];
  const drafts = new Map<string, Draft>();
  const build = (home: Home, owner: RegionPlan["owner"], parent: RegionPlan | null): DraftRegion => {
    const region: DraftRegion = { owner, parent, stages: [], indexOf: new Map(), waiters: noWaiters };
    regions.push(region);
    const workers: Draft[] = [];
    for (const id of tree.membersOf(home)) {
      const source = sources.get(id);
      if (source === undefined) continue;
      const { stage, definition } = source;
      let draft: Draft;
      if (hasMatrix(stage)) {
        const { outer, legs } = compileMatrix(stage, definition, region, report);
        draft = outer;
        regions.push(legs);
        workers.push(...legs.stages);
      } else {
        draft = compileStage(stage, definition, region, report);
        workers.push(draft);
      }
      region.indexOf.set(id, draft.index);
      region.stages.push(draft);
      drafts.set(id, draft);
    }
    for (const worker of workers) {
      for (const { arm } of worker.source.arms) {
        if (arm === "loop" || arm === "try" || arm === "catch" || arm === "finally") {
          worker.owns.set(arm, build({ owner: worker.id, arm }, { stage: worker, arm }, worker.region));
        }
      }
    }
    return region;
  };
  const root = build(null, null, null);
  return { root, regions, drafts };
}

/** A retry that would never happen is not passed over. */
function refuseRetry(draft: Draft, report: Report): void {
  const { definition, retry } = workOf(draft);
  if (retry === null || retry.maxRetries === 0 || definition.insteadOfRetry === null) return;
  const message = `Stage "${draft.id}" is a ${definition.type}, which is not retried as a whole. ${definition.insteadOfRetry}`;
  report(draft.id, "FM2036", message);
}

function reportCycle(region: RegionPlan, cycle: readonly number[], report: Report): void {
  // Each waits for the next, so read backwards it is the order in which they would have to run.
  const ids = cycle.map((index) => region.stages[index]?.id ?? "").toReversed();
  const [first = ""] = ids;
  const path = [...ids, first].join(" -> ");
  report(first, "FM2020", `These stages wait for each other: ${path}. Remove one of the dependencies.`);
}
