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
