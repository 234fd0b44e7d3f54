import { diffArrays } from "diff";
import type { JsonValue } from "#core/pipeline";

/** An item of two lists: in both, in the first only, or in the second only. */
export interface ItemPiece {
  readonly kind: "same" | "removed" | "added";
  readonly item: JsonValue;
}

/** With more changes than this, the order of items tells nobody what has changed, and takes long to compare. */
const MOST_EDITS = 2_000;

/** What is different between two lists, item by item, by what the items say; where they are very different, whatever their order. */
export function listPieces(before: readonly JsonValue[], after: readonly JsonValue[]): readonly ItemPiece[] {
  const [was, is] = [before.map(spelt), after.map(spelt)];
  const parts = diffArrays(was, is, { maxEditLength: MOST_EDITS });
  if (parts === undefined) return unorderedPieces(was, is);
  return parts.flatMap(({ added, removed, value }) =>
    value.map((item) => pieceOf(added ? "added" : removed ? "removed" : "same", item)),
  );
}

/** The items of the first list, of which those that the second has as often are the same; then those that only that has. */
function unorderedPieces(before: readonly string[], after: readonly string[]): readonly ItemPiece[] {
  const left = new Map<string, number>();
  for (const item of after) left.set(item, (left.get(item) ?? 0) + 1);
  const take = (item: string): boolean => {
    const count = left.get(item) ?? 0;
    if (count > 0) left.set(item, count - 1);
    return count > 0;
  };
  const pieces = before.map((item) => pieceOf(take(item) ? "same" : "removed", item));
  return [...pieces, ...after.filter(take).map((item) => pieceOf("added", item))];
}

function pieceOf(kind: ItemPiece["kind"], item: string): ItemPiece {
  return { kind, item: JSON.parse(item) };
}

function spelt(item: JsonValue): string {
  return JSON.stringify(item);
}
