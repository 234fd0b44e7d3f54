/**
 * Which of some different numbers make a longest increasing run, as indexes in order: what can stay where it is while
 * the others move. `n log n`.
 */
export function longestIncreasing(numbers: readonly number[]): readonly number[] {
  /** For each length of a run the index of the smallest number that ends one. */
  const ends: number[] = [];
  const before: number[] = [];
  numbers.forEach((number, index) => {
    let low = ends.length;
    let high = low;
    // Nearly all go on the longest.
    if ((numbers[ends[low - 1] ?? -1] ?? -Infinity) >= number) low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    before[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  });
  const run: number[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) run.push(index);
  return run.toReversed();
}

/** The keys of `after` that have moved among those that `before` has too: as few as explain the new order. */
export function movedKeys(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map<string, number>();
  for (const [index, key] of before.entries()) places.set(key, index);
  const common: string[] = [];
  const numbers: number[] = [];
  for (const key of after) {
    const place = places.get(key);
    if (place === undefined) continue;
    common.push(key);
    numbers.push(place);
  }
  const moved = movedAmong(numbers);
  return moved.size === 0 ? new Set() : new Set(common.filter((_, index) => moved.has(index)));
}

/** The indexes of those of some different numbers that are not in a longest increasing run. */
export function movedAmong(numbers: readonly number[]): ReadonlySet<number> {
  if (numbers.every((number, index) => index === 0 || (numbers[index - 1] ?? 0) < number)) return new Set();
  const moved = new Set<number>();
  let next = 0;
  for (const still of longestIncreasing(numbers)) {
    for (; next < still; next += 1) moved.add(next);
    next = still + 1;
  }
  for (; next < numbers.length; next += 1) moved.add(next);
  return moved;
}
