import type { Contender } from "../measure.ts";
import type { Shape } from "../shapes.ts";
import { type StageOutput, stageWork } from "./stage-work.ts";

/**
 * The floor: counts of unfinished dependencies, a promise a stage, outputs kept in a list. No journal, no
 * inputs, no failure, no cancelling.
 */
export function promiseScheduler(
  shape: Shape,
  work: (stage: number) => Promise<StageOutput> = stageWork,
): Contender {
  return {
    name: "bare promises",
    prepare: () => {
      const dependents: number[][] = shape.dependencies.map(() => []);
      shape.dependencies.forEach((dependencies, stage) => {
        for (const dependency of dependencies) dependents[dependency]?.push(stage);
      });
      return () => run(shape, dependents, work);
    },
  };
}

function run(
  shape: Shape,
  dependents: readonly (readonly number[])[],
  work: (stage: number) => Promise<StageOutput>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const waiting = shape.dependencies.map((dependencies) => dependencies.length);
    const outputs: unknown[] = new Array(waiting.length);
    let finished = 0;
    const start = (stage: number): void => {
      work(stage).then((output) => {
        outputs[stage] = output;
        finished += 1;
        for (const dependent of dependents[stage] ?? []) {
          waiting[dependent] = (waiting[dependent] ?? 0) - 1;
          if (waiting[dependent] === 0) start(dependent);
        }
        if (finished === waiting.length) resolve(outputs.length);
      }, reject);
    };
    waiting.forEach((count, stage) => {
      if (count === 0) start(stage);
    });
  });
}
