import { listPieces, type Piece, type ValueChanged, valueWords, wordPieces } from "#core/merge";

/** What a changed value was and is, as runs of text: words of a text, items of a list, or one value and another. */
export function valuePieces({ before, after }: ValueChanged): readonly Piece[] {
  if (typeof before === "string" && typeof after === "string" && /\s/.test(before.trim())) {
    const pieces = wordPieces(before, after);
    // Where no word stayed, both texts are clearer than their parts.
    return pieces.some(({ kind, text }) => kind === "same" && text.trim() !== "")
      ? cutSame(pieces)
      : replaced(before, after);
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const items = listPieces(before, after).filter(({ kind }) => kind !== "same");
    return items.flatMap(({ kind, item }, index) => [
      ...(index === 0 ? [] : [{ kind: "same", text: " " } as const]),
      { kind, text: valueWords(item) },
    ]);
  }
  return replaced(before, after);
}

function replaced(before: ValueChanged["before"], after: ValueChanged["after"]): readonly Piece[] {
  return [
    ...(before === undefined ? [] : [{ kind: "removed", text: valueWords(before) } as const]),
    ...(before === undefined || after === undefined ? [] : [{ kind: "same", text: " " } as const]),
    ...(after === undefined ? [] : [{ kind: "added", text: valueWords(after) } as const]),
  ];
}

/** As many characters of what stayed are shown on either side of what did not. */
const AROUND = 40;

function cutSame(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => {
    const { kind, text } = piece;
    if (kind !== "same" || text.length <= 2 * AROUND) return piece;
    const start = index === 0 ? "" : text.slice(0, AROUND);
    const end = index === pieces.length - 1 ? "" : text.slice(-AROUND);
    return { kind, text: `${start}…${end}` };
  });
}
