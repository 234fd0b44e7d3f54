/** A graph to lay out: edges lead from lower to higher indexes, each stage is a box of `width` by `height` pixels. */
export interface Pipeline {
  readonly stages: number;
  readonly edges: readonly (readonly [from: number, to: number])[];
}

/** Every stage is as large as on the canvas. */
export const box = { width: 180, height: 64 } as const;
export const gaps = { layer: 72, stage: 32 } as const;

/**
 * A pipeline as people write them, only larger: steps of one to eight stages, each fed by one to three stages near it
 * in the step before, and one in eight also by a stage some steps back. The same for the same seed.
 */
export function pipelineLike(stages: number, seed: number): Pipeline {
  const below = dice(seed);
  const edges: (readonly [number, number])[] = [];
  const steps: number[][] = [];
  let made = 0;
  while (made < stages) {
    const width = Math.min(1 + below(8), stages - made);
    const step = Array.from({ length: width }, (_, i) => made + i);
    made += width;
    for (const [i, stage] of step.entries()) {
      for (const from of feeding(steps, i / width, below)) edges.push([from, stage]);
    }
    steps.push(step);
  }
  return { stages, edges };
}

/** Whom a stage waits for that stands at `place` (0 to 1) of its step. */
function feeding(
  steps: readonly (readonly number[])[],
  place: number,
  below: (limit: number) => number,
): ReadonlySet<number> {
  const froms = new Set<number>();
  const before = steps.at(-1);
  if (before === undefined) return froms;
  const near = Math.floor(place * before.length);
  const count = 1 + below(3);
  for (let i = 0; i < count; i++) {
    const index = Math.min(before.length - 1, Math.max(0, near + below(3) - 1));
    froms.add(before[index] ?? 0);
  }
  if (below(8) > 0 || steps.length < 3) return froms;
  const back = steps.at(-2 - below(Math.min(6, steps.length - 1))) ?? before;
  return froms.add(back[below(back.length)] ?? 0);
}

/** Whole numbers from 0 to below a limit, repeatable. */
function dice(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
