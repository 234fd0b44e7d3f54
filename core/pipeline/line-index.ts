/** A place in a text as editors count it: line and UTF-16 unit, both from 0 (LSP's default encoding). */
export interface Position {
  readonly line0: number;
  readonly character: number;
}

/** Converts between offsets and positions of one text. */
export interface LineIndex {
  /** Offsets outside the text are taken to its nearest end. */
  positionAt(offset: number): Position;
  /** A character after the end of its line is taken to that end, as LSP says. */
  offsetAt(position: Position): number;
  readonly lineCount: number;
}

/** Finds the lines of a text, ended by LF, CR LF or CR. */
export function lineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const startOf = (line0: number): number => starts[line0] ?? text.length;
  const lastOf = (line0: number): number => {
    let end = startOf(line0 + 1);
    if (line0 + 1 >= starts.length) return end;
    if (text.charCodeAt(end - 1) === 0x0a) end -= 1;
    if (end > startOf(line0) && text.charCodeAt(end - 1) === 0x0d) end -= 1;
    return end;
  };
  return {
    lineCount: starts.length,
    positionAt(offset) {
      const within = Math.min(Math.max(offset, 0), text.length);
      let low = 0;
      let high = starts.length;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (startOf(middle) <= within) low = middle;
        else high = middle;
      }
      return { line0: low, character: within - startOf(low) };
    },
    offsetAt({ line0, character }) {
      if (line0 < 0) return 0;
      return Math.min(startOf(line0) + Math.max(character, 0), lastOf(line0));
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    // Searching is many times as fast as looking at each character, and every keystroke waits for it.
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
    return starts;
  }
  for (let offset = 0; offset < text.length; offset += 1) {
    const code = text.charCodeAt(offset);
    if (code === 0x0d && text.charCodeAt(offset + 1) === 0x0a) continue;
    if (code === 0x0a || code === 0x0d) starts.push(offset + 1);
  }
  return starts;
}
