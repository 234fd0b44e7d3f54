import { isLineBreak, isSpace } from "./characters.ts";

/** The offset of the first character of the line around `offset`. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** The white space a line begins with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (isSpace(text.charCodeAt(end))) end += 1;
  return text.slice(start, end);
}

/** Where the blanks before `offset` begin. */
export function beforeSpaces(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && isSpace(text.charCodeAt(start - 1))) start -= 1;
  return start;
}

/** Where the blanks after `offset` end. */
export function afterSpaces(text: string, offset: number): number {
  let end = offset;
  while (isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

/** True when nothing but blanks stands before `offset` in its line. */
export function beginsLine(text: string, offset: number): boolean {
  const start = beforeSpaces(text, offset);
  return start === 0 || isLineBreak(text.charCodeAt(start - 1));
}

/** True when the line of a value begins with its key, or with itself, so that the value may go on below. */
export function opensLine(text: string, offset: number): boolean {
  return /^[ \t]*(?:"(?:[^"\\]|\\.)*"[ \t]*:[ \t]*)?$/.test(text.slice(lineStart(text, offset), offset));
}

/**
 * The end of the line at `offset`, before its break, when only blanks and comments that end there follow;
 * undefined when something else does.
 */
export function endOfBlankRest(text: string, offset: number): number | undefined {
  let end = offset;
  for (;;) {
    end = afterSpaces(text, end);
    if (end >= text.length || isLineBreak(text.charCodeAt(end))) return end;
    if (text.startsWith("//", end)) {
      while (end < text.length && !isLineBreak(text.charCodeAt(end))) end += 1;
      return end;
    }
    if (!text.startsWith("/*", end)) return undefined;
    const close = text.indexOf("*/", end + 2);
    if (close < 0 || /[\r\n]/.test(text.slice(end, close))) return undefined;
    end = close + 2;
  }
}

/** The offset after the line break at `offset`; `offset` itself when there is none. */
export function afterLineBreak(text: string, offset: number): number {
  if (text.charCodeAt(offset) === 0x0d && text.charCodeAt(offset + 1) === 0x0a) return offset + 2;
  return isLineBreak(text.charCodeAt(offset)) ? offset + 1 : offset;
}

/** The comma that follows an element, past comments and line breaks; undefined when none does. */
export function commaAfter(text: string, offset: number): number | undefined {
  let at = offset;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x2c) return at;
    if (isSpace(code) || isLineBreak(code)) {
      at += 1;
    } else if (text.startsWith("//", at)) {
      while (at < text.length && !isLineBreak(text.charCodeAt(at))) at += 1;
    } else if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      at = close < 0 ? text.length : close + 2;
    } else {
      return undefined;
    }
  }
}
