/** A blank that does not end a line. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** Whether a UTF-16 unit ends a line. */
export function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** A digit of ASCII. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
