import { type ComponentDefinition, versionFault } from "#core/component-definitions";
import { type Stage, triggerRules } from "#core/pipeline";
import type { JsonObject, StageAttempt } from "#core/ports";
import { compileApproval } from "./approval-plan.ts";
import { compileCache } from "./cache-plan.ts";
import type { Draft, DraftRegion, Report } from "./draft.ts";
import {
  compileCondition,
  compileInputs,
  compileOutputs,
  type InputPlan,
  type SourceFault,
} from "./input-plan.ts";
import { defaultTriggerRule, findTriggerRule } from "./trigger-rule.ts";

const NO_SECRETS: Draft["secrets"] = [];

/** Why a stage's component cannot run; null when it can. */
export function componentFault(stage: Stage, definition: ComponentDefinition | undefined): string | null {
  if (stage.componentType === null)
    return `Stage "${stage.id}" names no component. Give it a component_type.`;
  if (stage.componentType === "abstract")
    return `Stage "${stage.id}" is abstract: a pipeline that extends this one must override it.`;
  if (definition === undefined || definition.unusable !== null) {
    const next = definition?.unusable ?? `Correct the component_type of stage "${stage.id}".`;
    return `There is no component "${stage.writtenType?.value ?? stage.componentType}". ${next}`;
  }
  return versionFault(definition, stage.versionRange);
}

/** What attempts are told of a component: the same object for all its stages, which mostly is in the cache then. */
function componentOf(definition: ComponentDefinition): StageAttempt["component"] {
  const { type, version } = definition;
  const component = components.get(definition) ?? { type, version };
  components.set(definition, component);
  return component;
}

const components = new WeakMap<ComponentDefinition, StageAttempt["component"]>();

/** Which of what a stage says is compiled: all, or with a matrix what is about the stage as such, or about each leg. */
export type StagePart = "all" | "outside" | "leg";

/** Compiles what a stage says of itself; how it is linked to others comes later. */
export function compileStage(
  stage: Stage,
  definition: ComponentDefinition,
  region: DraftRegion,
  report: Report,
  part: StagePart = "all",
): Draft {
  const inputs = compileInputs(definition, stage.config, stage.inputMapping);
  const added = compileOutputs(stage.outputs);
  const when = stage.when === null ? null : compileCondition(stage.when.condition);
  const approval = compileApproval(stage);
  const faults: readonly SourceFault[] = [
    ...inputs.faults,
    ...added.faults,
    ...(when?.faults ?? []),
    ...approval.faults,
  ];
  for (const { field, message } of faults)
    report(stage.id, "FM2014", `"${field}" of stage "${stage.id}": ${message}`);
  for (const { message } of definition.refuse(writtenInputs(inputs.plan)))
    report(stage.id, "FM2025", `Stage "${stage.id}": ${message}`);
  const cache = compileCache(stage, definition);
  for (const message of cache.faults) report(stage.id, "FM2042", `Stage "${stage.id}": ${message}`);
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
    // First and side by side what a run reads of each stage: the others are then not fetched from memory.
    id: stage.id,
    index: region.stages.length,
    definition,
    component: componentOf(definition),
    dependents: [],
    followsSuccess: false,
    fixedInputs: null,
    isMatrix: part === "outside",
    retry: part === "outside" ? null : stage.retry,
    idempotent: stage.idempotent,
    timeoutMs: part === "outside" ? null : (stage.timeoutMs?.value ?? definition.timeoutMs),
    approval: part === "leg" ? null : approval.plan,
    cache: part === "outside" ? null : cache.plan,
    addedOutputs: part === "outside" ? null : added.plan,
    inputs: inputs.plan,
    when:
      when === null || stage.when === null || part === "leg"
        ? null
        : { condition: when.condition, negated: stage.when.negated },
    source: stage,
    region,
    enabled: part === "leg" || stage.enabled,
    triggerRule: part === "leg" ? "always" : (rule ?? defaultTriggerRule),
    onError: stage.onError?.value === "continue" && part !== "leg" ? "continue" : "propagate",
    model: {
      provider: model.provider?.value ?? null,
      model: model.model?.value ?? null,
      temperature: model.temperature?.value ?? null,
      maxTokens: model.maxTokens?.value ?? null,
      topP: model.topP?.value ?? null,
      stopSequences: model.stopSequences,
    },
    secrets: NO_SECRETS,
    owns: new Map(),
    branches: [],
    counted: [],
    gates: [],
    waitsFor: 0,
    waitsAlwaysFor: 0,
  };
}

/** The inputs that are no templates, and the sources of deferred fields. */
function writtenInputs({ fields }: InputPlan): JsonObject {
  return Object.fromEntries(
    fields.flatMap(({ field, value }) => (value.kind === "constant" ? [[field, value.value]] : [])),
  );
}
