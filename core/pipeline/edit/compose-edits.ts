import type { TextEdit } from "../text-edit.ts";

/** A piece of a text after edits: what stayed of the text before them, or what is new. */
type Piece =
  | { readonly kind: "kept"; readonly start: number; readonly end: number }
  | { readonly kind: "new"; readonly text: string };

/**
 * Two lists of edits, the second of the text that the first makes, as one list of edits of the text before both.
 * What neither touches is touched by none of the result.
 */
export function composeEdits(
  length: number,
  first: readonly TextEdit[],
  second: readonly TextEdit[],
): readonly TextEdit[] {
  return editsOf(length, editPieces(editPieces([{ kind: "kept", start: 0, end: length }], first), second));
}

function editPieces(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const result: Piece[] = [];
  const rest = pieces.toReversed();
  let position = 0;
  /** Takes pieces up to an offset, keeping them or not. */
  const take = (to: number, keep: (piece: Piece) => void): void => {
    while (position < to) {
      const piece = rest.pop();
      if (piece === undefined) throw new Error(`An edit ends at ${to}, behind the text.`);
      const size = sizeOf(piece);
      if (position + size > to) rest.push(partOf(piece, to - position, size));
      keep(partOf(piece, 0, Math.min(size, to - position)));
      position += Math.min(size, to - position);
    }
  };
  for (const { offset, length, text } of edits.toSorted((a, b) => a.offset - b.offset)) {
    take(offset, (piece) => result.push(piece));
    take(offset + length, () => undefined);
    if (text !== "") result.push({ kind: "new", text });
  }
  return [...result, ...rest.toReversed()];
}

function sizeOf(piece: Piece): number {
  return piece.kind === "new" ? piece.text.length : piece.end - piece.start;
}

function partOf(piece: Piece, from: number, to: number): Piece {
  return piece.kind === "new"
    ? { kind: "new", text: piece.text.slice(from, to) }
    : { kind: "kept", start: piece.start + from, end: piece.start + to };
}

function editsOf(length: number, pieces: readonly Piece[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let done = 0;
  let text = "";
  const close = (start: number): void => {
    if (start > done || text !== "") edits.push({ offset: done, length: start - done, text });
    text = "";
  };
  for (const piece of pieces) {
    if (piece.kind === "new") {
      text += piece.text;
    } else {
      close(piece.start);
      done = piece.end;
    }
  }
  close(length);
  return edits;
}
