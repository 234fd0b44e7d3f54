import type { ComponentDefinition } from "#core/component-definitions";
import { references } from "#core/expressions";
import type { PipelineDocument, Problem, Stage } from "#core/pipeline";
import { findCycle } from "./cycles.ts";
import {
  countedDependencies,
  isAround,
  referencedStages,
  regionEdges,
  type StageLinks,
} from "./dependencies.ts";
import { compileCondition, compileInputs, compileOutputs, type SourceFault } from "./input-plan.ts";
import { resolveStageName } from "./names.ts";
import { stageProblem } from "./plan-problem.ts";
import type { OwnedArm, RegionPlan, StagePlan } from "./run-plan.ts";
import { type Home, type StageTree, stageTree } from "./stage-tree.ts";
import { defaultTriggerRule, findTriggerRule, triggerRules } from "./trigger-rule.ts";
import { unsupportedStageFields } from "./unsupported-fields.ts";

/** The stages of a document, compiled, and what keeps them from running. `root` is null where too much is wrong. */
export interface CompiledStages {
  readonly root: RegionPlan | null;
  readonly stages: ReadonlyMap<string, StagePlan>;
  readonly problems: readonly Problem[];
}

/** Compiles all stages. Never throws; with problems, what it returns is not for running. */
export function compileStages(
  document: PipelineDocument,
  definitions: ReadonlyMap<string, ComponentDefinition>,
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
  if (problems.length > 0) return { root: null, stages: new Map(), problems };

  const tree = stageTree(document.pipeline.stages);
  const byId = new Map(Array.from(sources, ([id, { stage }]) => [id, stage]));
  const report = (id: string, code: string, message: string): void => {
    const stage = byId.get(id);
    if (stage !== undefined) problems.push(stageProblem(document, stage, code, message, stage.idSpan));
  };
  for (const fault of tree.faults) report(fault.stage, "FM2013", fault.message);
  if (problems.length > 0) return { root: null, stages: new Map(), problems };

  const { root, regions, drafts } = buildRegions(sources, tree, report);
  const links = Array.from(drafts.values(), (draft) => linksOf(draft, drafts, tree, report));
  const edges = regionEdges(regions, links);
  for (const [region, waits] of edges) {
    const cycle = findCycle(waits);
    if (cycle !== null) reportCycle(region, cycle, report);
  }
  if (problems.length > 0) return { root: null, stages: drafts, problems };
  for (const link of links)
    connect(drafts, link, edges.get(link.stage.region)?.[link.stage.index] ?? new Map());
  return { root, stages: drafts, problems };
}

type Report = (stage: string, code: string, message: string) => void;

/** A stage plan while it is being built. */
interface Draft extends StagePlan {
  readonly source: Stage;
  readonly dependents: { readonly index: number; readonly always: boolean }[];
  readonly branches: { readonly index: number; readonly arms: readonly string[] }[];
  gates: readonly number[];
  counted: StagePlan["counted"];
  waitsFor: number;
  waitsAlwaysFor: number;
  readonly owns: Map<OwnedArm, RegionPlan>;
}

interface Region extends RegionPlan {
  readonly stages: Draft[];
  readonly indexOf: Map<string, number>;
}

function componentFault(stage: Stage, definition: ComponentDefinition | undefined): string | null {
  if (stage.componentType === null)
    return `Stage "${stage.id}" names no component. Give it a component_type.`;
  if (stage.componentType === "abstract")
    return `Stage "${stage.id}" is abstract: a pipeline that extends this one must override it.`;
  if (definition === undefined) {
    return `There is no component "${stage.writtenType?.value ?? stage.componentType}". Correct the component_type of stage "${stage.id}".`;
  }
  if (definition.availability === "planned") {
    return `Component '${definition.type}' is not available in this version, so stage "${stage.id}" cannot run.`;
  }
  return null;
}

function buildRegions(
  sources: ReadonlyMap<string, { readonly stage: Stage; readonly definition: ComponentDefinition }>,
  tree: StageTree,
  report: Report,
): {
  readonly root: RegionPlan;
  readonly regions: readonly RegionPlan[];
  readonly drafts: ReadonlyMap<string, Draft>;
} {
  const regions: Region[] = [];
  const drafts = new Map<string, Draft>();
  const build = (home: Home, owner: RegionPlan["owner"], parent: RegionPlan | null): Region => {
    const region: Region = { owner, parent, stages: [], indexOf: new Map() };
    regions.push(region);
    for (const id of tree.membersOf(home)) {
      const source = sources.get(id);
      if (source === undefined) continue;
      const draft = compileStage(source.stage, source.definition, region, report);
      region.indexOf.set(id, draft.index);
      region.stages.push(draft);
      drafts.set(id, draft);
    }
    for (const draft of region.stages) {
      for (const { arm } of draft.source.arms) {
        if (arm === "loop" || arm === "try" || arm === "catch" || arm === "finally") {
          draft.owns.set(arm, build({ owner: draft.id, arm }, { stage: draft, arm }, region));
        }
      }
    }
    return region;
  };
  const root = build(null, null, null);
  return { root, regions, drafts };
}

function compileStage(stage: Stage, definition: ComponentDefinition, region: Region, report: Report): Draft {
  const inputs = compileInputs(definition, stage.config, stage.inputMapping);
  const added = compileOutputs(stage.outputs);
  const when = stage.when === null ? null : compileCondition(stage.when.condition);
  const faults: readonly SourceFault[] = [...inputs.faults, ...added.faults, ...(when?.faults ?? [])];
  for (const { field, message } of faults)
    report(stage.id, "FM2014", `"${field}" of stage "${stage.id}": ${message}`);
  const rule = stage.triggerRule === null ? defaultTriggerRule : findTriggerRule(stage.triggerRule.value);
  if (rule === undefined) {
    report(
      stage.id,
      "FM2015",
      `"${stage.triggerRule?.value ?? ""}" is no trigger rule. Use one of ${triggerRules.join(", ")}.`,
    );
  }
  const { model } = stage;
  return {
    source: stage,
    id: stage.id,
    index: region.stages.length,
    region,
    definition,
    enabled: stage.enabled,
    when:
      when === null || stage.when === null
        ? null
        : { condition: when.condition, negated: stage.when.negated },
    triggerRule: rule ?? defaultTriggerRule,
    onError: stage.onError?.value === "continue" ? "continue" : "propagate",
    retry: stage.retry,
    timeoutMs: stage.timeoutMs?.value ?? definition.timeoutMs,
    inputs: inputs.plan,
    model: {
      provider: model.provider?.value ?? null,
      model: model.model?.value ?? null,
      temperature: model.temperature?.value ?? null,
      maxTokens: model.maxTokens?.value ?? null,
      topP: model.topP?.value ?? null,
      stopSequences: model.stopSequences,
    },
    addedOutputs: added.plan,
    owns: new Map(),
    branches: [],
    dependents: [],
    counted: [],
    gates: [],
    waitsFor: 0,
    waitsAlwaysFor: 0,
  };
}

function linksOf(
  draft: Draft,
  drafts: ReadonlyMap<string, Draft>,
  tree: StageTree,
  report: Report,
): StageLinks {
  const find = (id: string): StagePlan | undefined => resolveStageName(drafts, draft, id);
  const declared = new Set<StagePlan>();
  for (const { value } of draft.source.dependsOn) {
    const target = find(value);
    if (target === undefined)
      report(
        draft.id,
        "FM2016",
        `Stage "${draft.id}" depends on "${value}", which does not exist. Correct or remove it in depends_on.`,
      );
    else if (target === draft)
      report(draft.id, "FM2017", `Stage "${draft.id}" depends on itself. Remove it from its own depends_on.`);
    else declared.add(target);
  }
  for (const { arm, stages } of draft.source.arms) {
    for (const { value } of stages) {
      if (!drafts.has(value))
        report(
          draft.id,
          "FM2018",
          `Stage "${draft.id}" has "${value}" among its ${arm} stages, which does not exist.`,
        );
    }
  }
  const { inputs, addedOutputs, when } = draft;
  const named = [...inputs.references, ...inputs.deferred, ...(addedOutputs?.references ?? [])];
  const implicit = referencedStages(
    drafts,
    draft,
    when === null ? named : [...named, ...references(when.condition)],
  );
  for (const target of implicit) {
    const loop = enclosingLoop(target);
    if (loop !== null && !isAround(loop, draft)) {
      report(
        draft.id,
        "FM2019",
        `Stage "${draft.id}" reads "${target.id}", which runs once per item of "${loop.id}". Read {{ upstream.${loop.id}.results }} instead.`,
      );
    }
  }
  const gates = (tree.gatesOf.get(draft.id) ?? [])
    .map((id) => drafts.get(id))
    .filter((gate) => gate !== undefined);
  return { stage: draft, declared: [...declared], implicit, gates };
}

function connect(
  drafts: ReadonlyMap<string, Draft>,
  links: StageLinks,
  waits: ReadonlyMap<number, boolean>,
): void {
  const draft = drafts.get(links.stage.id);
  if (draft === undefined) return;
  const region = draft.region.stages;
  draft.counted = countedDependencies(links);
  draft.gates = links.gates.filter((gate) => gate.region === draft.region).map(({ index }) => index);
  for (const [awaited, always] of waits) {
    draft.waitsFor += 1;
    if (always) draft.waitsAlwaysFor += 1;
    drafts.get(region[awaited]?.id ?? "")?.dependents.push({ index: draft.index, always });
  }
  for (const index of draft.gates) {
    const gate = drafts.get(region[index]?.id ?? "");
    const arms =
      gate?.source.arms.filter(({ stages }) => stages.some(({ value }) => value === draft.id)) ?? [];
    gate?.branches.push({ index: draft.index, arms: arms.map(({ arm }) => arm) });
  }
}

function reportCycle(region: RegionPlan, cycle: readonly number[], report: Report): void {
  // Each waits for the next, so read backwards it is the order in which they would have to run.
  const ids = cycle.map((index) => region.stages[index]?.id ?? "").toReversed();
  const [first = ""] = ids;
  report(
    first,
    "FM2020",
    `These stages wait for each other: ${[...ids, first].join(" -> ")}. Remove one of the dependencies.`,
  );
}

function enclosingLoop(stage: StagePlan): StagePlan | null {
  for (let owner = stage.region.owner; owner !== null; owner = owner.stage.region.owner) {
    if (owner.arm === "loop") return owner.stage;
  }
  return null;
}
