import { movedKeys } from "../order/longest-increasing.ts";
import { keepsTurns } from "../order/turned-pairs.ts";
import type { Three } from "./merging.ts";

/** An order, and which keys each side put somewhere else. */
export interface MergedOrder {
  readonly keys: readonly string[];
  readonly movedTwice: readonly string[];
}

/**
 * Puts `kept` in order: what nobody moved as it was; what a side moved or added behind what it follows there. Where both
 * added something at one place, whose first key is smaller comes first, so that neither side counts more. Where both moved
 * what cannot be told apart, what both sides have is in the order of ours.
 */
export function mergeOrder(three: Three<readonly string[]>, kept: ReadonlySet<string>): MergedOrder {
  const order = combined(three, kept);
  const moved = movedKeys(three.base, three.theirs);
  if (moved.size === 0 || movedKeys(three.base, three.ours).size === 0) return order;
  const isStable = (side: readonly string[]): boolean => {
    const again = combined({ base: three.base, ours: order.keys, theirs: side }, kept);
    return again.movedTwice.length === 0 && again.keys.every((key, index) => key === order.keys[index]);
  };
  const isKept = (side: readonly string[]): boolean =>
    keepsTurns(three.base, side, order.keys) && isStable(side);
  if (order.movedTwice.length === 0 && isKept(three.theirs) && isKept(three.ours)) return order;
  return { keys: orderAsIn("ours", three, kept), movedTwice: [...moved].filter((key) => kept.has(key)) };
}

/** `kept` in order, where what several of the three have is in the order of one of them. */
export function orderAsIn(
  side: keyof Three<unknown>,
  three: Three<readonly string[]>,
  kept: ReadonlySet<string>,
): readonly string[] {
  const as = (list: readonly string[]): readonly string[] => inOrderOf(three[side], list);
  return combined({ base: as(three.base), ours: as(three.ours), theirs: as(three.theirs) }, kept).keys;
}

/** A list with what the other has too in the order of that. */
function inOrderOf(other: readonly string[], list: readonly string[]): readonly string[] {
  const own = new Set(list);
  const common = other.filter((key) => own.has(key));
  const inOther = new Set(common);
  let next = 0;
  return list.map((key) => {
    if (!inOther.has(key)) return key;
    next += 1;
    return common[next - 1] ?? key;
  });
}

function combined(three: Three<readonly string[]>, kept: ReadonlySet<string>): MergedOrder {
  const base = three.base.filter((key) => kept.has(key));
  const ours = three.ours.filter((key) => kept.has(key));
  const theirs = three.theirs.filter((key) => kept.has(key));
  const inBase = new Set(base);
  const inTheirs = new Set(theirs);
  const inOurs = new Set(ours);
  const movedByOurs = movedKeys(base, ours);
  const movedByTheirs = movedKeys(base, theirs);
  const still = new Set(
    base.filter(
      (key) => inOurs.has(key) && inTheirs.has(key) && !movedByOurs.has(key) && !movedByTheirs.has(key),
    ),
  );
  const runsOfOurs = runsBehind(
    ours,
    still,
    (key) => movedByOurs.has(key) || !inBase.has(key) || !inTheirs.has(key),
  );
  const runsOfTheirs = runsBehind(
    theirs,
    still,
    (key) => movedByTheirs.has(key) || !inBase.has(key) || !inOurs.has(key),
  );
  const anchors = anchorsOf(runsOfOurs);
  const places = new Map<string | null, number>([
    [null, -1],
    ...base.map((key, index) => [key, index] as const),
  ]);
  const placeOf = (anchor: string | null): number => places.get(anchor) ?? -1;
  /** What both added, and theirs further on: it is there, so that neither side counts more. */
  const further = new Set<string>();
  const movedTwice: string[] = [];
  const placed = new Map<string | null, readonly string[]>();
  for (const [anchor, run] of runsOfTheirs) {
    const own = run.filter((key) => {
      const there = anchors.get(key);
      if (there === undefined || there === anchor) return true;
      if (inBase.has(key)) {
        movedTwice.push(key);
        return false;
      }
      if (placeOf(anchor) < placeOf(there)) return false;
      further.add(key);
      return true;
    });
    placed.set(anchor, own);
  }
  const keys: string[] = [];
  const done = new Set<string>();
  for (const anchor of [null, ...base.filter((key) => still.has(key))]) {
    if (anchor !== null) keys.push(anchor);
    const own = runsOfOurs.get(anchor) ?? [];
    for (const key of mergeRuns(
      own.filter((each) => !further.has(each) || anchors.get(each) !== anchor),
      placed.get(anchor) ?? [],
    )) {
      if (!done.has(key)) keys.push(key);
      done.add(key);
    }
  }
  const all = new Set(keys);
  return { keys: [...keys, ...[...kept].filter((key) => !all.has(key))], movedTwice };
}

/** Behind each key that stays (null: at the beginning) what a side has put there. */
function runsBehind(
  keys: readonly string[],
  still: ReadonlySet<string>,
  isOwn: (key: string) => boolean,
): ReadonlyMap<string | null, readonly string[]> {
  const runs = new Map<string | null, string[]>();
  let anchor: string | null = null;
  for (const key of keys) {
    if (still.has(key)) {
      anchor = key;
    } else if (isOwn(key)) {
      const run = runs.get(anchor);
      if (run === undefined) runs.set(anchor, [key]);
      else run.push(key);
    }
  }
  return runs;
}

function anchorsOf(runs: ReadonlyMap<string | null, readonly string[]>): ReadonlyMap<string, string | null> {
  return new Map([...runs].flatMap(([anchor, run]) => run.map((key) => [key, anchor] as const)));
}

/** Two runs as one. What is in both cuts them; between the cuts the one whose first key is smaller comes first. */
function mergeRuns(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const inOurs = new Set(ours);
  const cuts = theirs.filter((key) => inOurs.has(key));
  const inTheirs = new Set(cuts);
  const order = ours.filter((key) => inTheirs.has(key));
  const cutKeys = order.every((key, index) => key === cuts[index]) ? order : [];
  const merged: string[] = [];
  let [o, t] = [0, 0];
  for (const cut of [...cutKeys, null]) {
    const endO = cut === null ? ours.length : ours.indexOf(cut);
    const endT = cut === null ? theirs.length : theirs.indexOf(cut);
    const [one, other] = [ours.slice(o, endO), theirs.slice(t, endT)];
    merged.push(...((one[0] ?? "") <= (other[0] ?? "") ? [...one, ...other] : [...other, ...one]));
    if (cut !== null) merged.push(cut);
    [o, t] = [endO + 1, endT + 1];
  }
  return merged;
}
