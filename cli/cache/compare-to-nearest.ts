import type { CacheIngredients, CacheOutcome } from "#core/ports";
import type { EntryHead } from "#host";

/** What is different from what had been kept. */
export interface Comparison {
  readonly nearest: EntryHead;
  readonly changes: readonly Change[];
}

/** An ingredient that is not as it was. */
export interface Change {
  readonly ingredient: string;
  readonly change: "changed" | "new" | "gone";
}

/**
 * Compares what was looked for at `at` with what had been kept before: the entry of which least differs, of two the
 * later.
 */
export function compareToNearest(
  { ingredients }: Extract<CacheOutcome, { kind: "miss" }>,
  at: number,
  kept: readonly EntryHead[],
): Comparison | null {
  let best: Comparison | null = null;
  for (const nearest of kept
    .filter(({ storedAt }) => storedAt <= at)
    .toSorted((a, b) => b.storedAt - a.storedAt)) {
    const changes = changesFrom(nearest.ingredients, ingredients);
    if (best === null || changes.length < best.changes.length) best = { nearest, changes };
  }
  return best;
}

function changesFrom(before: CacheIngredients, after: CacheIngredients): readonly Change[] {
  const known = new Map(Object.entries(before));
  const changes: Change[] = [];
  for (const [ingredient, hash] of Object.entries(after)) {
    const old = known.get(ingredient);
    known.delete(ingredient);
    if (old !== hash) changes.push({ ingredient, change: old === undefined ? "new" : "changed" });
  }
  for (const ingredient of known.keys()) changes.push({ ingredient, change: "gone" });
  return changes;
}
