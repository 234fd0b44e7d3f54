import type { ValueRef } from "#core/journal";
import type { Json } from "#core/ports";

/** Values that are kept at most: those that a client looks at where it stands, and where it stood before. */
const MOST = 64;

/** The same values, of which those that were read last are read once. `read` gives the same for the same reference. */
export function keepValues(read: (ref: ValueRef) => Json): (ref: ValueRef) => Json {
  const kept = new Map<string, Json>();
  return (ref) => {
    const known = kept.get(ref.ref);
    if (known !== undefined) return known;
    const value = read(ref);
    kept.set(ref.ref, value);
    const [oldest] = kept.keys();
    if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}
