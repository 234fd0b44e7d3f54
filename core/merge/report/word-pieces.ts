import { diffLines, diffWordsWithSpace } from "diff";

/** A stretch of two texts: in both, in the first only, or in the second only. */
export interface Piece {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** With more changes than this, words tell nobody what has changed. */
const MOST_EDITS = 2_000;

/** What is different between two texts, word by word; line by line where they have little in common. */
export function wordPieces(before: string, after: string): readonly Piece[] {
  const parts =
    diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS }) ??
    diffLines(before, after, { maxEditLength: MOST_EDITS });
  if (parts === undefined) {
    return [
      { kind: "removed", text: before },
      { kind: "added", text: after },
    ];
  }
  return parts.map(({ added, removed, value }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
}
