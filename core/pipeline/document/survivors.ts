import type { TextEdit } from "../text-edit.ts";

/** Pieces of a text, in order and apart from each other. */
export interface Pieces {
  readonly count: number;
  startOf(index: number): number;
  lengthOf(index: number): number;
}

/**
 * Which pieces of the text before the edits (sorted by offset) none of them touches, asked for by where they are
 * in the text after them. Offsets asked for must grow.
 */
export function survivorsOf(
  pieces: Pieces,
  edits: readonly TextEdit[],
): (offset: number) => number | undefined {
  let edit = 0;
  let shift = 0;
  let next = 0;
  /** Start of the next piece in the new text; undefined when an edit touches it. */
  const newStart = (): number | undefined => {
    const start = pieces.startOf(next);
    const end = start + pieces.lengthOf(next);
    for (;;) {
      const change = edits[edit];
      if (change === undefined || change.offset >= end) return start + shift;
      if (change.offset + change.length > start) return undefined;
      shift += change.text.length - change.length;
      edit += 1;
    }
  };
  return (offset) => {
    for (; next < pieces.count; next += 1) {
      const start = newStart();
      if (start === offset) return next;
      if (start !== undefined && start > offset) return undefined;
    }
    return undefined;
  };
}
