import type { ComponentDefinition } from "./define.ts";

/** Components whose work is not in their output, so that taking that from elsewhere would leave it undone. */
const NEVER: ReadonlyMap<string, string> = new Map([
  ["approval", "asks a person each time"],
  ["variable_set", "sets variables, which no output does"],
  ["output_router", "delivers what it is given"],
]);

/** Why the output of a stage of this component cannot be kept for later runs, for the user; null where it can. */
export function cacheRefusal({ type, kind }: ComponentDefinition): string | null {
  const why = kind === "control-flow" ? "decides what other stages do" : NEVER.get(type);
  if (why === undefined) return null;
  return `A ${type} ${why}, so that its output cannot come from the cache. Remove "cache", or give it to the stages that do the work.`;
}
