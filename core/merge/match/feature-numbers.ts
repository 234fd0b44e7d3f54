/** Where in a stage something is said, with numbers for what is said there. */
export interface FeaturePath {
  readonly member: (key: string) => FeaturePath;
  readonly item: () => FeaturePath;
  /** The number of a whole text. */
  readonly text: (value: string) => number;
  /** The number of a word of a text, or of what is no text. */
  readonly word: (value: string) => number;
}

/**
 * Numbers for all that some stages say, each with its path: the same for the same. Numbers are compared many times, so
 * that a text should be looked at once.
 */
export interface FeatureNumbers {
  readonly root: FeaturePath;
  /** The number of being awaited by a stage. */
  readonly awaitedBy: (key: string) => number;
}

/** Numbers from 0 on. */
export function featureNumbers(): FeatureNumbers {
  let count = 0;
  const numbers = (): ((value: string) => number) => {
    const known = new Map<string, number>();
    return (value) => {
      const number = known.get(value) ?? count;
      if (number === count) {
        known.set(value, number);
        count += 1;
      }
      return number;
    };
  };
  const path = (): FeaturePath => {
    const members = new Map<string, FeaturePath>();
    let items: FeaturePath | undefined;
    return {
      member: (key) => {
        const known = members.get(key) ?? path();
        members.set(key, known);
        return known;
      },
      item: () => (items ??= path()),
      text: numbers(),
      word: numbers(),
    };
  };
  return { root: path(), awaitedBy: numbers() };
}
