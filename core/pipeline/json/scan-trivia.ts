import { type Cursor, reportSyntax } from "./cursor.ts";

/** Moves past white space, comments and the marker lines of git conflicts, of which the first side is read. */
export function skipTrivia(cursor: Cursor): void {
  const { text } = cursor;
  for (;;) {
    const code = text.charCodeAt(cursor.position);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
      cursor.position += 1;
    } else if (code === 0x2f && skipComment(cursor)) {
      continue;
    } else if (isConflictMarker(text, cursor.position)) {
      skipConflictLines(cursor);
    } else if (isForeignSpace(code)) {
      reportSyntax(
        cursor,
        cursor.position,
        cursor.position + 1,
        `This white space (U+${code.toString(16).toUpperCase().padStart(4, "0")}) is not allowed in JSON. Replace it by a space.`,
      );
      cursor.position += 1;
    } else {
      return;
    }
  }
}

/** The offset of the end of the line at `offset`, before its line break. */
export function endOfLine(text: string, offset: number): number {
  let end = text.indexOf("\n", offset);
  if (end < 0) end = text.length;
  return end > offset && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
}

function skipComment(cursor: Cursor): boolean {
  const { text, position } = cursor;
  const next = text.charCodeAt(position + 1);
  if (next === 0x2f) {
    cursor.position = endOfLine(text, position);
    return true;
  }
  if (next !== 0x2a) return false;
  const end = text.indexOf("*/", position + 2);
  if (end < 0) {
    reportSyntax(cursor, position, position + 2, "This comment is not closed. Add */ where it ends.");
    cursor.position = text.length;
  } else {
    cursor.position = end + 2;
  }
  return true;
}

function isForeignSpace(code: number): boolean {
  return (
    code === 0xa0 || code === 0xfeff || code === 0x0b || code === 0x0c || code === 0x2028 || code === 0x2029
  );
}

/** Seven `<`, `|`, `=` or `>` at the start of a line, then a space or the end of the line. */
function isConflictMarker(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  if (code !== 0x3c && code !== 0x3d && code !== 0x3e && code !== 0x7c) return false;
  if (offset > 0 && text.charCodeAt(offset - 1) !== 0x0a) return false;
  for (let index = 1; index < 7; index += 1) {
    if (text.charCodeAt(offset + index) !== code) return false;
  }
  const after = text.charCodeAt(offset + 7);
  return Number.isNaN(after) || after === 0x20 || after === 0x0a || after === 0x0d;
}

function skipConflictLines(cursor: Cursor): void {
  const { text, position } = cursor;
  const code = text.charCodeAt(position);
  const end = endOfLine(text, position);
  cursor.errors += 1;
  if (code === 0x3c) {
    cursor.conflicts.push({ start: position, end });
    cursor.position = end;
  } else if (code === 0x3e) {
    if (cursor.conflicts.length === 0) cursor.conflicts.push({ start: position, end });
    cursor.position = end;
  } else {
    if (cursor.conflicts.length === 0) cursor.conflicts.push({ start: position, end });
    const close = text.indexOf("\n>>>>>>>", position);
    cursor.position = close < 0 ? text.length : endOfLine(text, close + 1);
  }
}
