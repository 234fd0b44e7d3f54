/** How many candidates are looked at: an object from an answer may have hundreds of thousands of keys. */
const MAX_CANDIDATES = 2000;

/**
 * How many distances are worked out for a name: those that share its letters come near at all, and in a file with
 * thousands of names that differ in a digit nobody is helped by the best of them.
 */
const MAX_DISTANCES = 40;

/** The candidate most like a name, for "did you mean"; undefined when none is like it. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  const wanted = fold(name);
  const letters = lettersOf(wanted);
  // Of one or two letters, any other name of that length would be as near.
  const limit = wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 3));
  const known = foldedOf(candidates);
  let best: string | undefined;
  let bestDistance = limit + 1;
  let count = 0;
  for (const candidate of known) {
    if (Math.abs(candidate.folded.length - wanted.length) >= bestDistance) continue;
    // An edit changes which letters there are by two at most.
    if (bitsIn(candidate.letters ^ letters) > 2 * (bestDistance - 1)) continue;
    if (++count > MAX_DISTANCES) break;
    const distance = distanceBelow(bestDistance, wanted, candidate.folded);
    if (distance < bestDistance) {
      best = candidate.name;
      bestDistance = distance;
      if (distance === 0) break;
    }
  }
  return best ?? containing(wanted, known);
}

interface Folded {
  readonly name: string;
  readonly folded: string;
  /** A bit for each letter and digit that is in it. */
  readonly letters: number;
}

/** By the list they are of, since a file with thousands of unknown names asks the same list for each of them. */
const foldedLists = new WeakMap<Iterable<string>, readonly Folded[]>();

function foldedOf(candidates: Iterable<string>): readonly Folded[] {
  // What is written into later would be another list.
  const isKept = Array.isArray(candidates) && Object.isFrozen(candidates);
  const before = isKept ? foldedLists.get(candidates) : undefined;
  if (before !== undefined) return before;
  const list: Folded[] = [];
  let count = 0;
  for (const name of candidates) {
    if (++count > MAX_CANDIDATES) break;
    if (name.length > MAX_NAME) continue;
    const folded = fold(name);
    list.push({ name, folded, letters: lettersOf(folded) });
  }
  if (isKept) foldedLists.set(candidates, list);
  return list;
}

function lettersOf(folded: string): number {
  let letters = 0;
  for (let index = 0; index < folded.length; index++) letters |= 1 << (folded.charCodeAt(index) % 32);
  return letters;
}

function bitsIn(value: number): number {
  let bits = 0;
  for (let left = value; left !== 0; left &= left - 1) bits++;
  return bits;
}

const MAX_NAME = 64;
/** From this length on, a name that is part of another is a likely slip: `content` for `improved_content`. */
const MIN_PART = 4;

/** Case and the kind of separator are the commonest slips, and cost nothing. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

function containing(wanted: string, candidates: readonly Folded[]): string | undefined {
  if (wanted.length < MIN_PART) return undefined;
  return candidates.find(
    ({ folded }) => folded.includes(wanted) || (folded.length >= MIN_PART && wanted.includes(folded)),
  )?.name;
}

/**
 * Edit distance in which swapping two neighbours is one edit; `bound` where it is that or more. Only what is nearer to
 * the diagonal than the bound is looked at: a file with thousands of unknown names asks for very many distances.
 */
function distanceBelow(bound: number, one: string, other: string): number {
  if (one === other) return 0;
  if (Math.abs(one.length - other.length) >= bound) return bound;
  let [beforeLast, last, current] = rows;
  for (let column = 0; column <= other.length; column++) last[column] = Math.min(bound, column);
  for (let row = 1; row <= one.length; row++) {
    const letter = one.charCodeAt(row - 1);
    const before = row > 1 ? one.charCodeAt(row - 2) : -1;
    const from = Math.max(1, row - bound + 1);
    const to = Math.min(other.length, row + bound - 1);
    // The cells beside the band, which the next row looks at too.
    current[from - 1] = from === 1 ? Math.min(bound, row) : bound;
    let least = current[from - 1] ?? bound;
    for (let column = from; column <= to; column++) {
      const here = other.charCodeAt(column - 1);
      let cost = (last[column - 1] ?? bound) + (letter === here ? 0 : 1);
      // Above the end of the last row's band nothing was written.
      if (column < row + bound - 1) cost = Math.min(cost, (last[column] ?? bound) + 1);
      cost = Math.min(cost, (current[column - 1] ?? bound) + 1);
      if (column > 1 && before === here && letter === other.charCodeAt(column - 2)) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? bound) + 1);
      }
      current[column] = cost;
      if (cost < least) least = cost;
    }
    if (least >= bound) return bound;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return Math.min(bound, last[other.length] ?? bound);
}

/** Room for three rows of the table, used again for each distance. */
const rows = [
  new Uint8Array(MAX_NAME + 1),
  new Uint8Array(MAX_NAME + 1),
  new Uint8Array(MAX_NAME + 1),
] as const;
