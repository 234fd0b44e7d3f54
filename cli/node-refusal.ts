/** The oldest Node that has what the bundles are built for (scripts/build/bundles.ts); that of VS Code's own. */
const oldestMajor = 22;

/** Why a Node of this version cannot run `fm`, for the user; null when it can. */
export function nodeRefusal(version: string): string | null {
  if (Number.parseInt(version, 10) >= oldestMajor) return null;
  return `fm needs Node ${oldestMajor} or newer, and this is ${version}. Start it with a newer one.`;
}
