import type { Needle } from "./needle.ts";

/** Looks for the beginnings of needles in a text, one step for each of its characters (Aho and Corasick, 1975). */
export interface Automaton {
  /** The state after one more UTF-16 unit; 0 is the first state. */
  next(state: number, unit: number): number;
  /** The needles of which a whole beginning ends in this state, those whose beginning is longer first; null for none. */
  found(state: number): readonly Beginning[] | null;
  /** How many characters of a beginning the text ends with in this state. */
  depth(state: number): number;
}

/** Needles that begin alike, the longest first. */
export interface Beginning {
  readonly length: number;
  readonly needles: readonly Needle[];
}

/**
 * UTF-16 units of a needle that the automaton knows: what follows is compared where a beginning is found. A key of many
 * lines would need a table of millions of entries otherwise.
 */
const LONGEST_BEGINNING = 12;

/** Builds the table for these needles. Its size is the states times the different characters of all beginnings. */
export function createAutomaton(needles: readonly Needle[]): Automaton {
  const classes = new Uint16Array(0x10000);
  let classCount = 1;
  const beginnings = Map.groupBy(needles, ({ text }) => text.slice(0, LONGEST_BEGINNING));
  let most = 1;
  for (const beginning of beginnings.keys()) {
    most += beginning.length;
    for (let at = 0; at < beginning.length; at++) {
      const unit = beginning.charCodeAt(at);
      if (classes[unit] === 0) classes[unit] = classCount++;
    }
  }
  const table = new Int32Array(most * classCount);
  const depths = new Int32Array(most);
  const ends: (Beginning[] | null)[] = [null];
  for (const [beginning, alike] of beginnings) {
    let state = 0;
    for (let at = 0; at < beginning.length; at++) {
      const cell = state * classCount + (classes[beginning.charCodeAt(at)] ?? 0);
      let child = table[cell] ?? 0;
      if (child === 0) {
        child = ends.push(null) - 1;
        table[cell] = child;
        depths[child] = at + 1;
      }
      state = child;
    }
    const sorted = alike.toSorted((one, other) => other.text.length - one.text.length);
    ends[state] = [{ length: beginning.length, needles: sorted }];
  }
  fallBack(table, classCount, ends);
  return {
    next: (state, unit) => table[state * classCount + (classes[unit] ?? 0)] ?? 0,
    found: (state) => ends[state] ?? null,
    depth: (state) => depths[state] ?? 0,
  };
}

/** Where a state has no child, it goes on as the state of its longest end that is a beginning too: breadth first. */
function fallBack(table: Int32Array, classCount: number, ends: (Beginning[] | null)[]): void {
  const fallbacks = new Int32Array(ends.length);
  const queue: number[] = [];
  for (let unit = 0; unit < classCount; unit++) if (table[unit] !== 0) queue.push(table[unit] ?? 0);
  for (let at = 0; at < queue.length; at++) {
    const state = queue[at] ?? 0;
    const fallback = fallbacks[state] ?? 0;
    const inherited = ends[fallback] ?? null;
    if (inherited !== null) ends[state] = [...(ends[state] ?? []), ...inherited];
    for (let unit = 0; unit < classCount; unit++) {
      const cell = state * classCount + unit;
      const otherwise = table[fallback * classCount + unit] ?? 0;
      const child = table[cell] ?? 0;
      if (child === 0) table[cell] = otherwise;
      else {
        fallbacks[child] = otherwise;
        queue.push(child);
      }
    }
  }
}
