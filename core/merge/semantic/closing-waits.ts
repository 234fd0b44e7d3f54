/** That a stage waits for another, both by their ids. */
interface Waiting {
  readonly waiting: string;
  readonly awaited: string;
}

/**
 * Those of `candidates`, which are some of `waits`, without which there is no circle, and no more than it takes: the others are added
 * one by one, and each that closes a circle stays out. In the order of their names, so that it does not matter whose they are.
 */
export function closingWaits<Wait extends Waiting>(
  waits: readonly Wait[],
  candidates: readonly Wait[],
  nameOf: (wait: Wait) => string,
): readonly Wait[] {
  const left = new Set(candidates);
  const awaitedBy = new Map<string, string[]>();
  const add = ({ waiting, awaited }: Waiting): void => {
    const list = awaitedBy.get(waiting);
    if (list === undefined) awaitedBy.set(waiting, [awaited]);
    else list.push(awaited);
  };
  for (const wait of waits) if (!left.has(wait)) add(wait);
  const byName = candidates.map((wait) => ({ wait, name: nameOf(wait) }));
  byName.sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  return byName.flatMap(({ wait }) => {
    if (leadsTo(awaitedBy, wait.awaited, wait.waiting)) return [wait];
    add(wait);
    return [];
  });
}

/** Whether a stage is another, or waits for it, be it through others. */
function leadsTo(awaitedBy: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let stage = open.pop(); stage !== undefined; stage = open.pop()) {
    if (stage === to) return true;
    for (const next of awaitedBy.get(stage) ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  }
  return false;
}
