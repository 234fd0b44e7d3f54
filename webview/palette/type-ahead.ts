/** What a press of a key is to {@link createTypeAhead}. */
export interface TypedKey {
  readonly key: string;
  /** In milliseconds. */
  readonly timeStamp: number;
}

/** Letters that come sooner after one another than this, in milliseconds, are one beginning. */
const PAUSE = 700;

/**
 * Finds lines by the first letters of their names, as lists of VS Code do: the same letter once more goes to the next
 * one. The index, or null where the key is no letter or nothing begins so.
 */
export function createTypeAhead(): (
  typed: TypedKey,
  names: readonly string[],
  from: number,
) => number | null {
  let beginning = "";
  let last = Number.NEGATIVE_INFINITY;
  return ({ key, timeStamp }, names, from) => {
    if (key.length !== 1 || key === " ") return null;
    const letter = key.toLowerCase();
    const isNew = timeStamp - last > PAUSE || beginning === letter;
    beginning = isNew ? letter : beginning + letter;
    last = timeStamp;
    // A longer beginning may fit the line it is at.
    const start = from + (isNew ? 1 : 0);
    for (let step = 0; step < names.length; step += 1) {
      const index = (start + step) % names.length;
      if (names[index]?.toLowerCase().startsWith(beginning) === true) return index;
    }
    return null;
  };
}
