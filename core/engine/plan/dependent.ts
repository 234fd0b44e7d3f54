import type { Waiting } from "./run-plan.ts";

/**
 * A stage that waits for another: its index in the region and how it waits, in one number. A run goes through them all,
 * and a list of numbers is read in one go where a list of objects lies all over the memory.
 */
export type Dependent = number;

/** A stage of that index that waits in that way. */
export function dependentOf(index: number, how: Waiting): Dependent {
  return index * 2 + (how === "always" ? 1 : 0);
}

/** Its index in the region. */
export function dependentIndex(dependent: Dependent): number {
  return dependent >> 1;
}

/** Whether it waits under any trigger rule. */
export function waitsAlways(dependent: Dependent): boolean {
  return (dependent & 1) === 1;
}

/** Who waits for each stage of a region, in two rows of numbers, so that little of the memory is read to go through them. */
export interface Waiters {
  /** For each stage, where its waiters begin; and at last where they all end. */
  readonly starts: Int32Array;
  readonly all: Int32Array;
}

/** Those of no stage. */
export const noWaiters: Waiters = { starts: new Int32Array(1), all: new Int32Array(0) };

/** Those of these stages, each in its order. */
export function waitersOf(stages: readonly { readonly dependents: readonly Dependent[] }[]): Waiters {
  const starts = new Int32Array(stages.length + 1);
  for (const [index, { dependents }] of stages.entries())
    starts[index + 1] = (starts[index] ?? 0) + dependents.length;
  const all = new Int32Array(starts.at(-1) ?? 0);
  for (const [index, { dependents }] of stages.entries()) all.set(dependents, starts[index]);
  return { starts, all };
}
