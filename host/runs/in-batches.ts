/** How many files are asked for at once: enough to be quick, too few to run out of open files. */
const SIZE = 32;

/** Does the same for each, some at a time; the results are in the order of the items. */
export async function inBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += SIZE)
    results.push(...(await Promise.all(items.slice(start, start + SIZE).map(work))));
  return results;
}
