import { readingCode } from "../reading-codes.ts";
import { type Cursor, markHere, reportSyntax, rewind, spanBetween } from "./cursor.ts";
import { endOfToken } from "./scan-scalar.ts";
import { skipTrivia } from "./scan-trivia.ts";

const COMMA = 0x2c;
const COLON = 0x3a;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/**
 * What {@link readSeparated} asks of objects and lists. `read` is called at the first character of an element,
 * must move the cursor, and says whether that was an element, junk that was passed over with a problem, or
 * something that belongs to what encloses the list, so that a closing bracket is missing before it.
 */
export interface Elements {
  readonly close: "}" | "]";
  readonly read: (code: number) => "element" | "junk" | "not-ours";
  /** True for characters that cannot start an element here and show that the closing bracket is missing. */
  readonly endsBefore: (code: number) => boolean;
}

/** Reads from an opening to its closing bracket: the commas, and what to do when one of them is missing. */
export function readSeparated(cursor: Cursor, { close, read, endsBefore }: Elements): void {
  const { text, position: open } = cursor;
  const opened = { message: `'${text.charAt(open)}' was opened here`, offset: open };
  cursor.position += 1;
  let hasElements = false;
  let expectsComma = false;
  for (;;) {
    skipTrivia(cursor);
    const at = cursor.position;
    const code = text.charCodeAt(at);
    if (text.charAt(at) === close) {
      if (hasElements && !expectsComma) reportTrailingComma(cursor);
      cursor.position = at + 1;
      return;
    }
    if (Number.isNaN(code)) {
      reportSyntax(
        cursor,
        Math.max(open, at - 1),
        at,
        `Expected '${close}': the file ends too early.`,
        opened,
      );
      return;
    }
    if (code === COMMA) {
      if (!expectsComma) reportSyntax(cursor, at, at + 1, "This comma is one too many. Remove it.");
      cursor.comma = at;
      cursor.position = at + 1;
      expectsComma = false;
      continue;
    }
    if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      reportSyntax(cursor, at, at + 1, `Expected '${close}', found '${text.charAt(at)}'.`, opened);
      if (closesSomethingAround(cursor, code)) return;
      cursor.position = at + 1;
      continue;
    }
    const problems = cursor.problems.length;
    const errors = cursor.errors;
    if (expectsComma && code !== COLON) {
      reportSyntax(cursor, at, endOfToken(text, at), "Expected ',' before this.");
    }
    const found = endsBefore(code) ? "not-ours" : read(code);
    if (found === "not-ours") {
      cursor.problems.length = problems;
      cursor.errors = errors;
      reportSyntax(cursor, at, endOfToken(text, at), `Expected '${close}' before this.`, opened);
      // The comma was meant for what encloses this.
      cursor.position = hasElements && !expectsComma ? cursor.comma : at;
      return;
    }
    if (found === "element") {
      hasElements = true;
      expectsComma = true;
    }
  }
}

/** A bracket that would end the whole file before its end is one too many. */
function closesSomethingAround(cursor: Cursor, code: number): boolean {
  if (code === CLOSE_BRACKET) return cursor.openArrays > 0;
  if (cursor.openObjects !== 1) return cursor.openObjects > 0;
  const mark = markHere(cursor);
  cursor.position += 1;
  skipTrivia(cursor);
  const isLast = cursor.position >= cursor.text.length;
  rewind(cursor, mark);
  return isLast;
}

function reportTrailingComma(cursor: Cursor): void {
  cursor.problems.push({
    code: readingCode.jsonTrailingComma,
    severity: "warning",
    message: "Nothing follows this comma. FlowMason reads it, but strict JSON readers do not: remove it.",
    span: spanBetween(cursor, cursor.comma, cursor.comma + 1),
  });
}
