import { diffArrays } from "diff";

/** A half-open range of indexes. */
export type Range = readonly [start: number, end: number];

/** A stretch of three sequences: the same in all, or changed by at least one side. */
export interface Chunk {
  readonly kind: "same" | "changed";
  readonly base: Range;
  readonly ours: Range;
  readonly theirs: Range;
}

/** Cuts three sequences at what is in all three. */
export function chunksOf(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): readonly Chunk[] {
  const inOurs = matches(base, ours);
  const inTheirs = matches(base, theirs);
  const chunks: Chunk[] = [];
  let [b, o, t] = [0, 0, 0];
  const changed = (endB: number, endO: number, endT: number): void => {
    if (endB > b || endO > o || endT > t)
      chunks.push({ kind: "changed", base: [b, endB], ours: [o, endO], theirs: [t, endT] });
    [b, o, t] = [endB, endO, endT];
  };
  base.forEach((_, index) => {
    const atOurs = inOurs[index] ?? -1;
    const atTheirs = inTheirs[index] ?? -1;
    if (atOurs < 0 || atTheirs < 0) return;
    changed(index, atOurs, atTheirs);
    chunks.push({
      kind: "same",
      base: [index, index + 1],
      ours: [atOurs, atOurs + 1],
      theirs: [atTheirs, atTheirs + 1],
    });
    [b, o, t] = [index + 1, atOurs + 1, atTheirs + 1];
  });
  changed(base.length, ours.length, theirs.length);
  return chunks;
}

/** With more changes than this, two sequences have nothing in common that would help. */
const MOST_EDITS = 2_000;

/** For each item the index of the same one in the other sequence, or -1. */
function matches(base: readonly string[], other: readonly string[]): readonly number[] {
  const found = base.map(() => -1);
  let [from, to] = [0, 0];
  for (const { added, removed, count } of diffArrays([...base], [...other], { maxEditLength: MOST_EDITS }) ??
    []) {
    if (added) {
      to += count;
    } else if (removed) {
      from += count;
    } else {
      for (let step = 0; step < count; step += 1) found[from + step] = to + step;
      from += count;
      to += count;
    }
  }
  return found;
}

/** Whether two stretches are the same. */
export function sameStretch(
  one: readonly string[],
  [start, end]: Range,
  other: readonly string[],
  [from, to]: Range,
): boolean {
  if (end - start !== to - from) return false;
  for (let step = 0; step < end - start; step += 1)
    if (one[start + step] !== other[from + step]) return false;
  return true;
}
