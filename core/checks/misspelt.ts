import { nearest } from "#core/expressions";

/** A known name within a slip of the keyboard; `nearest` also finds names that merely contain another. */
export function misspelt(key: string, known: readonly string[]): string | undefined {
  const near = nearest(key, known);
  const slip = Math.max(1, Math.floor(key.length / 3));
  return near !== undefined && Math.abs(near.length - key.length) <= slip ? near : undefined;
}
