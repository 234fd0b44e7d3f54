import { type Budget, takeSize, takeSteps } from "../evaluate/budget.ts";
import { toJson } from "../evaluate/values.ts";
import type { Value } from "../value.ts";

/** The items whose keys differ, in the order they were first seen. */
export function uniqueValues(
  items: readonly Value[],
  keyOf: (item: Value) => Value,
  budget: Budget,
): readonly Value[] {
  takeSteps(budget, items.length);
  const seen = new Set<string | number | null>();
  const unique = items.filter((item) => {
    const identity = identityOf(keyOf(item), budget);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
  takeSize(budget, unique.length);
  return unique;
}

/** Equal values have equal identities: true is 1 as in Python, and the order of an object's keys does not count. */
function identityOf(value: Value, budget: Budget): string | number | null {
  if (value === null || typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string") takeSteps(budget, value.length / 64);
  if (typeof value === "string") return `"${value}`;
  // Charges the budget and refuses a value nested too deep, before it is put in order recursively.
  toJson(value, budget, undefined);
  return JSON.stringify(inOrder(value));
}

function inOrder(value: Value): Value {
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Value) => inOrder(item));
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  // An object of one list, which no list can be mistaken for.
  return { entries: entries.map(([key, member]): Value => [key, inOrder(member)]) };
}
