import { listPieces, type ValueChanged, wordPieces } from "#core/merge";
import type { JsonValue } from "#core/pipeline";
import type { DiffPiece } from "#protocol";

/** What a value was and is: word by word of a text, item by item of a list, else one value and the other. */
export function valuePieces({ before, after }: Pick<ValueChanged, "before" | "after">): readonly DiffPiece[] {
  if (typeof before === "string" && typeof after === "string") return wordPieces(before, after);
  if (Array.isArray(before) && Array.isArray(after)) return itemPieces(before, after);
  const pieces: DiffPiece[] = [];
  if (before !== undefined) pieces.push({ kind: "removed", text: textOf(before) });
  if (before !== undefined && after !== undefined) pieces.push({ kind: "same", text: "\n" });
  if (after !== undefined) pieces.push({ kind: "added", text: textOf(after) });
  return pieces;
}

function itemPieces(before: readonly JsonValue[], after: readonly JsonValue[]): readonly DiffPiece[] {
  return listPieces(before, after).flatMap(({ kind, item }, index): readonly DiffPiece[] => [
    ...(index === 0 ? [] : [{ kind: "same", text: "\n" } as const]),
    { kind, text: textOf(item) },
  ]);
}

/** A text as it is, anything else as JSON. */
function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
