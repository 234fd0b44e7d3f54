/** A graph to run: stage `i` waits for the stages of `dependencies[i]`, all of lower index. */
export interface Shape {
  readonly name: string;
  readonly dependencies: readonly (readonly number[])[];
}

/** One stage after the other. */
export function chain(stages: number): Shape {
  return { name: "chain", dependencies: Array.from({ length: stages }, (_, i) => (i === 0 ? [] : [i - 1])) };
}

/** One stage, then all but two at the same time, then one that waits for them all. */
export function fan(stages: number): Shape {
  const middle = Array.from({ length: stages - 2 }, (_, i) => i + 1);
  return { name: "fan", dependencies: [[], ...middle.map(() => [0]), middle] };
}

/** Layers of ten; each stage waits for one to three of the layer before. The same for the same seed. */
export function layered(stages: number, seed: number): Shape {
  const random = generator(seed);
  const width = 10;
  const dependencies = Array.from({ length: stages }, (_, i) => {
    const layer = Math.floor(i / width);
    if (layer === 0) return [];
    const first = (layer - 1) * width;
    const picked = new Set<number>();
    const count = 1 + Math.floor(random() * 3);
    while (picked.size < count) picked.add(first + Math.floor(random() * width));
    return [...picked].sort((a, b) => a - b);
  });
  return { name: "layered", dependencies };
}

/** A linear congruential generator: numbers in [0, 1), no quality wanted but repeatability. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
