/** Characters that are written together. */
const BATCH = 256 * 1024;
/** Characters from which bytes are put together piece by piece: joined, they would be copied once more. */
const LARGE = 16 * 1024;
/** Bytes that a character takes at most. */
const WIDEST = 3;

/** How far the pieces of lines go that are written together with the one at `from`: to the end of a line. */
export function endOfBatch(pieces: readonly string[], from: number): number {
  let size = 0;
  let to = from;
  while (to < pieces.length && (size < BATCH || pieces[to - 1]?.endsWith("\n") === false)) {
    size += pieces[to]?.length ?? 0;
    to += 1;
  }
  return to;
}

/** Puts pieces together for one write; what it gives is good until it is called again. */
export function createBatches(): (pieces: readonly string[]) => string | Buffer {
  let room: Buffer | null = null;
  return (pieces) => {
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    if (size < LARGE) return pieces.join("");
    // What has more than its share of values in it is rare, and gets bytes of its own.
    if (size > 2 * BATCH) return Buffer.from(pieces.join(""));
    room ??= Buffer.allocUnsafe(2 * BATCH * WIDEST);
    let end = 0;
    for (const piece of pieces) end += room.write(piece, end);
    return room.subarray(0, end);
  };
}
