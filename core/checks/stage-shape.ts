import { loopVariables } from "./local-names.ts";
import type { StageFacts } from "./stage-facts.ts";

/**
 * All of a stage that findings about other stages can depend on, as a text to compare: two stages of one shape fit
 * the others in the same way, whatever else was edited in them.
 */
export function stageShape({ stage, expressions, outputNames }: Omit<StageFacts, "shape">): string {
  return JSON.stringify([
    stage.id,
    stage.componentType,
    stage.nestedIn,
    stage.dependsOn.map(({ value }) => value),
    stage.arms.map(({ arm, stages }) => [arm, stages.map(({ value }) => value)]),
    loopVariables(stage).map(({ name }) => name),
    [stage.when !== null, stage.enabled, stage.onError !== null],
    outputNames === null ? null : [...outputNames],
    expressions.map(({ place, names, references }) => [
      place,
      names,
      references.map(({ root, path, guarded }) => [root, path, guarded]),
    ]),
  ]);
}
