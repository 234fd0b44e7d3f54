import { satisfies, validate } from "compare-versions";

/** Whether a text is a range of versions, as npm writes them: `^1.0.0`, `~1.2`, `1.x`, `>=1 <3`. */
export function isVersionRange(range: string): boolean {
  try {
    satisfies("1.0.0", range);
    return range.trim() !== "";
  } catch {
    // The library throws for what it cannot read.
    return false;
  }
}

/** Whether a version is in a range; a text that is no version is in none. */
export function isVersionIn(version: string, range: string): boolean {
  return validate(version) && satisfies(version, range);
}
