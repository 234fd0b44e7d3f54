import type { Piece } from "#core/merge";

/** A piece of a text in HTML, marked as what became of it; `escaped` makes its words harmless where they stand. */
export function markedPiece({ kind, text }: Piece, escaped: (text: string) => string): string {
  switch (kind) {
    case "same":
      return escaped(text);
    case "removed":
      return `<del>${escaped(text)}</del>`;
    case "added":
      return `<ins>${escaped(text)}</ins>`;
  }
}
