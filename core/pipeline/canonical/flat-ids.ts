import type { Stage } from "../model.ts";

/**
 * New ids for stages that are written inside others: their own name where it is free, else with their owners' names
 * before it, else with a number. By the path that is their id now; the others keep theirs.
 */
export function flatIds(stages: readonly Stage[]): ReadonlyMap<string, string> {
  const taken = new Set(stages.filter(({ nestedIn }) => nestedIn === null).map(({ id }) => id));
  const ids = new Map<string, string>();
  for (const { id, nestedIn } of stages) {
    if (nestedIn === null) {
      ids.set(id, id);
      continue;
    }
    const free = freeId(id.split("/"), taken);
    taken.add(free);
    ids.set(id, free);
  }
  return ids;
}

function freeId(path: readonly string[], taken: ReadonlySet<string>): string {
  for (let from = path.length - 1; from >= 0; from -= 1) {
    const name = path.slice(from).join("_");
    if (!taken.has(name)) return name;
  }
  let number = 2;
  while (taken.has(`${path.join("_")}_${number}`)) number += 1;
  return `${path.join("_")}_${number}`;
}
