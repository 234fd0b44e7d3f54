import { type Budget, takeSize } from "../evaluate/budget.ts";
import type { Value } from "../value.ts";

/** The items as a list of their own, paid for. */
export function copyOf(items: readonly Value[], budget: Budget): readonly Value[] {
  takeSize(budget, items.length);
  return [...items];
}
