/** How many candidates are looked at: an object from an answer may have hundreds of thousands of keys. */
const MAX_CANDIDATES = 2000;

/** The candidate most like a name, for "did you mean"; undefined when none is like it. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME) return undefined;
  const wanted = fold(name);
  // Of one or two letters, any other name of that length would be as near.
  const limit = wanted.length < 3 ? 0 : Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  let count = 0;
  for (const candidate of candidates) {
    if (++count > MAX_CANDIDATES) break;
    if (candidate.length > MAX_NAME) continue;
    const distance = distanceBelow(bestDistance, wanted, fold(candidate));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
      if (distance === 0) break;
    }
  }
  return best ?? containing(wanted, candidates);
}

const MAX_NAME = 64;
/** From this length on, a name that is part of another is a likely slip: `content` for `improved_content`. */
const MIN_PART = 4;

/** Case and the kind of separator are the commonest slips, and cost nothing. */
function fold(name: string): string {
  return name.toLowerCase().replaceAll("-", "_");
}

function containing(wanted: string, candidates: Iterable<string>): string | undefined {
  if (wanted.length < MIN_PART) return undefined;
  let count = 0;
  for (const candidate of candidates) {
    if (++count > MAX_CANDIDATES) return undefined;
    if (candidate.length > MAX_NAME) continue;
    const folded = fold(candidate);
    if (folded.includes(wanted) || (folded.length >= MIN_PART && wanted.includes(folded))) return candidate;
  }
  return undefined;
}

/**
 * Edit distance in which swapping two neighbours is one edit; `bound` where it is that or more. Only what is nearer to
 * the diagonal than the bound is looked at: a file with thousands of unknown names asks for millions of distances.
 */
function distanceBelow(bound: number, one: string, other: string): number {
  if (one === other) return 0;
  if (Math.abs(one.length - other.length) >= bound) return bound;
  let beforeLast: number[] = [];
  let last = Array.from({ length: Math.min(bound, other.length + 1) }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current: number[] = [];
    const from = Math.max(0, row - bound + 1);
    const to = Math.min(other.length, row + bound - 1);
    let least = bound;
    for (let column = from; column <= to; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(
        (last[column] ?? bound) + 1,
        (current[column - 1] ?? bound) + 1,
        column === 0 ? row : (last[column - 1] ?? bound) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? bound) + 1);
      }
      current[column] = cost;
      if (cost < least) least = cost;
    }
    if (least >= bound) return bound;
    beforeLast = last;
    last = current;
  }
  return Math.min(bound, last[other.length] ?? bound);
}
