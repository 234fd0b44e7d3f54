import { lossesOf } from "./change-losses.ts";
import { lostOrders } from "./lost-orders.ts";
import { changesOf, type Merge, seenOf } from "./seen-merge.ts";

/**
 * The changes of a side that are neither in the result nor named in a decision, by stage and path. It knows the merge by
 * its result and its decisions only, and which stage is which by what was changed from the base on each side.
 */
export function silentLosses(merge: Merge): readonly string[] {
  const seen = seenOf(merge);
  const lost = changesOf(merge.base, merge.side).flatMap((change) => lossesOf(seen, change));
  return [...lost, ...lostOrders(seen)];
}
