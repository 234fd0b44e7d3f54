import type { ComponentDefinition } from "#core/component-definitions";
import { declaresNothing, type Field, fieldNamed, type Stage } from "#core/pipeline";
import type { Json } from "#core/ports";
import { compileStage } from "./compile-stage.ts";
import type { Draft, DraftRegion, Report } from "./draft.ts";
import { expandMatrix } from "./expand-matrix.ts";
import { compileTemplates, type InputPlan } from "./input-plan.ts";

/** Whether a stage is to run once for each leg of a matrix. */
export function hasMatrix(stage: Stage): boolean {
  const strategy = fieldNamed(stage.fields, "strategy");
  return strategy !== undefined && !declaresNothing(strategy.value);
}

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
  const strategy = fieldNamed(stage.fields, "strategy")?.value;
  const fields = strategy?.kind === "object" ? strategy.properties : [];
  const source = strategyFields(fields);
  const compiled = compileTemplates(source);
  for (const { field, message } of compiled.faults)
    report(stage.id, "FM2014", `"strategy.${field}" of stage "${stage.id}": ${message}`);
  checkStrategy(stage, definition, compiled.plan, report);
  const outer = compileStage(stage, definition, region, report, "outside");
  const legs: DraftRegion = {
    owner: { stage: outer, arm: "matrix" },
    parent: region,
    stages: [],
    indexOf: new Map([[stage.id, 0]]),
  };
  const leg = compileStage(stage, definition, legs, () => undefined, "leg");
  legs.stages.push(leg);
  outer.owns.set("matrix", legs);
  const inside = [...leg.inputs.references, ...leg.inputs.deferred].filter(({ root }) => root !== "matrix");
  outer.inputs = { ...compiled.plan, deferred: inside };
  return { outer, legs };
}

/** GitHub's spellings are read too: people bring their matrices along. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ["matrix", "matrix"],
  ["fail_fast", "fail_fast"],
  ["fail-fast", "fail_fast"],
  ["max_parallel", "max_parallel"],
  ["max-parallel", "max_parallel"],
]);

function strategyFields(fields: readonly Field[]): readonly Field[] {
  return fields.flatMap((field) => {
    const key = FIELDS.get(field.key);
    return key === undefined ? [] : [{ ...field, key }];
  });
}

function checkStrategy(stage: Stage, definition: ComponentDefinition, plan: InputPlan, report: Report): void {
  const say = (message: string): void => report(stage.id, "FM2035", `Stage "${stage.id}": ${message}`);
  const written = new Map(plan.fields.map(({ field, value }) => [field, value]));
  if (!written.has("matrix"))
    return say('Its "strategy" has no matrix. Add strategy.matrix, or remove strategy.');
  if (definition.type === "conditional" || definition.type === "router")
    return say(
      `A ${definition.type} decides which stages run, and cannot decide it once for each leg of a matrix. Give the matrix to those stages.`,
    );
  const constants: [string, Json][] = [];
  for (const [field, value] of written) if (value.kind === "constant") constants.push([field, value.value]);
  const message = strategyProblem(new Map(constants));
  if (message !== null) say(message);
}

/** What is wrong with those settings of a strategy that are known; null when nothing is. */
export function strategyProblem(strategy: ReadonlyMap<string, Json>): string | null {
  const { matrix, fail_fast = true, max_parallel = null } = Object.fromEntries(strategy);
  if (typeof fail_fast !== "boolean") return "strategy.fail_fast must be true or false.";
  const isCount = typeof max_parallel === "number" && Number.isInteger(max_parallel) && max_parallel > 0;
  if (max_parallel !== null && !isCount) return "strategy.max_parallel must be a whole number from 1.";
  const expanded = matrix === undefined ? null : expandMatrix(matrix);
  return expanded?.ok === false ? expanded.message : null;
}
