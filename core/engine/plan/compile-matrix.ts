import type { ComponentDefinition } from "#core/component-definitions";
import { readStrategy, type Stage, strategyFault, strategyFields } from "#core/pipeline";
import type { Json } from "#core/ports";
import { compileStage } from "./compile-stage.ts";
import { noWaiters } from "./dependent.ts";
import type { Draft, DraftRegion, Report } from "./draft.ts";
import { compileTemplates, type InputPlan } from "./input-plan.ts";

/**
 * Compiles a stage with `strategy.matrix` as an owner: what waits, is skipped and has the output is the stage itself,
 * and its body is one stage of the same id, which runs once for each leg and is all that the file says of the work.
 */
export function compileMatrix(
  stage: Stage,
  definition: ComponentDefinition,
  region: DraftRegion,
  report: Report,
): { readonly outer: Draft; readonly legs: DraftRegion } {
  const compiled = compileTemplates(strategyFields(stage));
  for (const { field, message } of compiled.faults)
    report(stage.id, "FM2014", `"strategy.${field}" of stage "${stage.id}": ${message}`);
  checkStrategy(stage, compiled.plan, report);
  const outer = compileStage(stage, definition, region, report, "outside");
  const legs: DraftRegion = {
    owner: { stage: outer, arm: "matrix" },
    parent: region,
    stages: [],
    indexOf: new Map([[stage.id, 0]]),
    waiters: noWaiters,
  };
  const leg = compileStage(stage, definition, legs, () => undefined, "leg");
  legs.stages.push(leg);
  outer.owns.set("matrix", legs);
  const inside = [...leg.inputs.references, ...leg.inputs.deferred].filter(({ root }) => root !== "matrix");
  outer.inputs = { ...compiled.plan, deferred: inside };
  return { outer, legs };
}

function checkStrategy(stage: Stage, plan: InputPlan, report: Report): void {
  const constants: [string, Json][] = [];
  for (const { field, value } of plan.fields)
    if (value.kind === "constant") constants.push([field, value.value]);
  const strategy = readStrategy(new Map(constants));
  const fault = strategyFault(stage) ?? (strategy.ok ? null : strategy.fault);
  if (fault !== null) report(stage.id, "FM2035", `Stage "${stage.id}": ${fault.message}`);
}
