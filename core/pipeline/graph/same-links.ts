import type { Stage } from "../model.ts";
import type { DeferredFields } from "./deferred-fields.ts";
import { loopVariables } from "./loop-variables.ts";
import { namedStages } from "./named-stages.ts";

/** Whether two versions of a stage take the same part in the graph, so that only their other fields differ. */
export function hasSameLinks(a: Stage, b: Stage, deferredFields: DeferredFields): boolean {
  return a === b || linksOf(a, deferredFields) === linksOf(b, deferredFields);
}

/** All of a stage that edges, owners and their names depend on. */
function linksOf(stage: Stage, deferredFields: DeferredFields): string {
  const values = (list: readonly { readonly value: string }[]): readonly string[] =>
    list.map(({ value }) => value);
  return JSON.stringify([
    stage.id,
    stage.nestedIn,
    values(stage.dependsOn),
    stage.arms.map(({ arm, stages }) => [arm, values(stages)]),
    stage.arms.length > 0 ? loopVariables(stage) : [],
    namedStages(stage, deferredFields),
  ]);
}
