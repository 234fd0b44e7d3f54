import type { Json } from "#core/ports";

/** Characters that a value may have in all when it is written down, about: what one text can hold, with room to spare. */
export const MAX_VALUE_SIZE = 64 * 1024 * 1024;
/** Levels of lists and objects inside each other. Code that walks a value may be recursive, up to here. */
export const MAX_VALUE_DEPTH = 500;

/**
 * Why a value can be in no journal, as the end of a sentence ("is …"); null for all others. A value in memory may
 * hold the same list a thousand times and cost nothing; written down it costs every time.
 */
export function whyUnwritable(value: Json): string | null {
  const size = measure(value, MAX_VALUE_SIZE, MAX_VALUE_DEPTH);
  if (Number.isNaN(size)) return `nested more than ${MAX_VALUE_DEPTH} levels deep`;
  return size > MAX_VALUE_SIZE ? `larger than ${MAX_VALUE_SIZE} characters when it is written down` : null;
}

/** Whether a value takes about so many characters, and more, when it is written down. */
export function isSizeAtLeast(value: Json, least: number): boolean {
  return !(measure(value, least, MAX_VALUE_DEPTH) < least);
}

/** Around a value: a comma or a bracket, and what numbers and the like take on average. */
const PER_VALUE = 4;

/** About how many characters it takes; more than `most` where it stopped counting; NaN when it is too deep. */
function measure(value: Json, most: number, depth: number): number {
  if (typeof value === "string") return value.length + PER_VALUE;
  if (typeof value !== "object" || value === null) return PER_VALUE;
  if (depth === 0) return Number.NaN;
  let size = PER_VALUE;
  if (isList(value)) {
    for (const item of value) {
      size += measure(item, most - size, depth - 1);
      if (!(size <= most)) return size;
    }
    return size;
  }
  // By key: a list of entries would cost more than the rest of the walk, and each output of a run takes it.
  for (const name of Object.keys(value)) {
    size += name.length + PER_VALUE + measure(value[name] ?? null, most - size, depth - 1);
    if (!(size <= most)) return size;
  }
  return size;
}

/** Array.isArray() does not tell lists that cannot be changed from objects. */
function isList(value: Json & object): value is readonly Json[] {
  return Array.isArray(value);
}
