import type { Json } from "#core/ports";
import type { Step } from "./data-place.ts";

/** What is at a path in a value; undefined where nothing is. */
export function valueAt(value: Json | undefined, steps: readonly Step[]): Json | undefined {
  let current = value;
  for (const step of steps) {
    if (current === null || typeof current !== "object" || !Object.hasOwn(current, step)) return undefined;
    // An object or a list that has that key: an index of a list is a key of it.
    current = (current as { readonly [key: string]: Json })[step];
  }
  return current;
}
