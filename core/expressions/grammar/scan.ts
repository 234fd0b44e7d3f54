/** Reads one UTF-16 code unit; -1 behind the end. */
export type Peek = (offset: number) => number;

/** What `{{ }}` inside a quoted literal means: nothing in a template, an interpolation in an expression field. */
export type LiteralMode = "plain" | "interpolated";

/** A Peek over a text. */
export function peekInto(text: string): Peek {
  return (offset) => (offset < text.length ? text.charCodeAt(offset) : -1);
}

/** Whether a code unit opens a quoted literal. */
export function isQuote(code: number): boolean {
  return code === APOSTROPHE || code === QUOTATION;
}

/** The offset behind a quoted literal that opens at `open`; -1 when it is not closed. */
export function endOfLiteral(peek: Peek, open: number, mode: LiteralMode): number {
  const quote = peek(open);
  // After one interpolation that is never closed the others are not looked at, to stay linear.
  let interpolates = mode === "interpolated";
  for (let offset = open + 1; ; offset++) {
    const code = peek(offset);
    if (code === -1) return -1;
    if (code === quote) return offset + 1;
    if (code === BACKSLASH) {
      offset += peek(offset + 1) === OPEN && peek(offset + 2) === OPEN ? 2 : 1;
    } else if (interpolates && code === OPEN && peek(offset + 1) === OPEN) {
      const end = endOfSource(peek, offset + 2);
      if (end === -1) interpolates = false;
      else offset = end + 1;
    }
  }
}

/** The offset of the `}}` that closes the expression starting at `from`, behind nested braces and literals; -1 if none. */
export function endOfSource(peek: Peek, from: number): number {
  let depth = 0;
  for (let offset = from; ; offset++) {
    const code = peek(offset);
    if (code === -1) return -1;
    if (code === OPEN) depth++;
    else if (code === CLOSE) {
      if (depth > 0) depth--;
      else if (peek(offset + 1) === CLOSE) return offset;
    } else if (isQuote(code)) {
      const end = endOfLiteral(peek, offset, "plain");
      // A stray quote must not swallow the rest of a prompt.
      if (end === -1) return nextClose(peek, from);
      offset = end - 1;
    }
  }
}

export const OPEN = 0x7b;
export const CLOSE = 0x7d;
export const BACKSLASH = 0x5c;
const APOSTROPHE = 0x27;
const QUOTATION = 0x22;

function nextClose(peek: Peek, from: number): number {
  for (let offset = from; ; offset++) {
    const code = peek(offset);
    if (code === -1) return -1;
    if (code === CLOSE && peek(offset + 1) === CLOSE) return offset;
  }
}
