/** Numbers and choices that are the same for the same seed. */
export interface Seeded {
  /** A whole number from 0 on, below `count`. */
  below(count: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** So many different ones of `items`, in their order. */
  some<Item>(items: readonly Item[], count: number): readonly Item[];
}

/** Mulberry32: small, and good enough to choose by. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    pick(items) {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
    some(items, count) {
      const left = items.map((_, index) => index);
      const taken = Array.from({ length: count }, () => left.splice(below(left.length), 1)[0] ?? 0);
      return taken.sort((one, other) => one - other).flatMap((index) => items.slice(index, index + 1));
    },
  };
}
