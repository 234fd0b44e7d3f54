import type { StageItem } from "./outline.ts";

/** Stages whose name, id or type holds every word of `query`, best first: names that begin with it, then names, then the rest. */
export function searchStages(stages: Iterable<StageItem>, query: string): readonly StageItem[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found: { readonly stage: StageItem; readonly rank: number }[] = [];
  for (const stage of stages) {
    const rank = rankOf(stage, words);
    if (rank !== null) found.push({ stage, rank });
  }
  // Sorting is stable: within a rank the file's order holds.
  return found.toSorted((a, b) => a.rank - b.rank).map(({ stage }) => stage);
}

function rankOf({ card }: StageItem, words: readonly string[]): number | null {
  const title = card.title.toLowerCase();
  const rest = `${title}\n${card.id}\n${card.typeTitle}`.toLowerCase();
  if (!words.every((word) => rest.includes(word))) return null;
  if (words.every((word) => title.startsWith(word))) return 0;
  return words.every((word) => title.includes(word)) ? 1 : 2;
}
