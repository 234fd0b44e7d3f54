import { type Budget, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { describe, isEqual, isList, isObject } from "../evaluate/values.ts";
import type { Value } from "../value.ts";

/** `value in container`: an item of a list, a part of a text, a key of an object. */
export function contains(container: Value, value: Value, budget: Budget): boolean {
  if (isList(container)) {
    takeSteps(budget, container.length);
    return container.some((item) => isEqual(item, value, budget));
  }
  if (isObject(container)) return typeof value === "string" && Object.hasOwn(container, value);
  if (typeof container === "string") {
    if (typeof value !== "string")
      return fail("type", `looks for a text in a text, not for ${describe(value)}.`);
    takeSteps(budget, container.length / 64);
    return container.includes(value);
  }
  return fail("type", `needs a list, a text or an object to look in, not ${describe(container)}.`);
}
