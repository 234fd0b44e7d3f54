import { movedKeys } from "./longest-increasing.ts";

/** Whether any two keys that `after` has the other way round than `before` are so in `order` too, where it has both. */
export function keepsTurns(
  before: readonly string[],
  after: readonly string[],
  order: readonly string[],
): boolean {
  const [inBefore, inOrder] = [placesOf(before), placesOf(order)];
  const common = after.filter((key) => inBefore.has(key) && inOrder.has(key));
  // Numbers, as there are as many pairs as moved keys times all keys.
  const old = Int32Array.from(common, (key) => inBefore.get(key) ?? 0);
  const now = Int32Array.from(common, (key) => inOrder.get(key) ?? 0);
  const isTurnedBack = (first: number, second: number): boolean =>
    (old[first] ?? 0) > (old[second] ?? 0) && (now[first] ?? 0) > (now[second] ?? 0);
  // One of any two that are turned has moved.
  const moved = movedKeys(before, common);
  return common.every((key, at) => {
    if (!moved.has(key)) return true;
    for (let first = 0; first < at; first += 1) if (isTurnedBack(first, at)) return false;
    for (let second = at + 1; second < common.length; second += 1) if (isTurnedBack(at, second)) return false;
    return true;
  });
}

function placesOf(keys: readonly string[]): ReadonlyMap<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}
