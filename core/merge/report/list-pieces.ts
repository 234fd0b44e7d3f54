import { diffArrays } from "diff";
import type { JsonValue } from "#core/pipeline";

/** An item of two lists: in both, in the first only, or in the second only. */
export interface ItemPiece {
  readonly kind: "same" | "removed" | "added";
  readonly item: JsonValue;
}

/** What is different between two lists, item by item, by what the items say. */
export function listPieces(before: readonly JsonValue[], after: readonly JsonValue[]): readonly ItemPiece[] {
  const spelt = (list: readonly JsonValue[]): string[] => list.map((item) => JSON.stringify(item));
  return diffArrays(spelt(before), spelt(after)).flatMap(({ added, removed, value }) =>
    value.map(
      (item): ItemPiece => ({
        kind: added ? "added" : removed ? "removed" : "same",
        item: JSON.parse(item),
      }),
    ),
  );
}
