import type { StageFacts } from "./stage-facts.ts";

/**
 * All of a stage that findings about other stages can depend on, as texts to compare: while they stay, whatever else
 * is edited in a stage changes nothing for the others.
 */
export interface StageShape {
  /** What the others see of it. */
  readonly face: string;
  /** Which others it names. */
  readonly names: string;
}

/** The shape of a stage. */
export function stageShape({ stage, expressions, outputNames }: Omit<StageFacts, "shape">): StageShape {
  const loop = [...stage.config, ...stage.inputMapping].filter(({ key }) => key.endsWith("_variable"));
  return {
    face: JSON.stringify([
      stage.id,
      stage.componentType,
      stage.nestedIn,
      stage.arms.map(({ arm, stages }) => [arm, stages.map(({ value }) => value)]),
      loop.map(({ key, value }) => [key, value.kind === "string" ? value.value : null]),
      [stage.when !== null, stage.enabled, stage.onError !== null],
      outputNames === null ? null : [...outputNames],
    ]),
    names: JSON.stringify([
      stage.dependsOn.map(({ value }) => value),
      expressions.map(({ place, references }) => [place, references.map(({ root, path }) => [root, path])]),
    ]),
  };
}
