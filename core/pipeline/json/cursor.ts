import type { Span } from "../json-node.ts";
import type { Problem } from "../problem.ts";
import { readingCode } from "../reading-codes.ts";

/**
 * Where the reader is. The functions beside this file move it; nothing else may. Spans and problems are made
 * relative to `base`, which is the start of a top-level stage while one is read and 0 elsewhere.
 */
export interface Cursor {
  readonly text: string;
  position: number;
  base: number;
  problems: Problem[];
  /** How many errors of syntax were found so far; a stage read without any can be reused later. */
  errors: number;
  /** Open brackets around the cursor, so that a wrong closing bracket can be told from a missing one. */
  openArrays: number;
  openObjects: number;
  /** Offset of the last comma passed, -1 at the beginning. */
  comma: number;
  /** Absolute spans of the lines of unresolved git conflicts. */
  readonly conflicts: Span[];
  /**
   * True when strings must not share memory with the text. A slice keeps the whole text alive, and a stage
   * that is reused for hours would keep the text of each keystroke.
   */
  readonly detach: boolean;
}

/** A cursor at the start of a text, after its byte order mark if it has one; `strings` are as {@link Cursor.detach} says. */
export function createCursor(text: string, strings: "shared" | "detached"): Cursor {
  return {
    text,
    position: text.charCodeAt(0) === 0xfeff ? 1 : 0,
    base: 0,
    problems: [],
    errors: 0,
    openArrays: 0,
    openObjects: 0,
    comma: -1,
    conflicts: [],
    detach: strings === "detached",
  };
}

/** The span of two absolute offsets, relative to the cursor's base. */
export function spanBetween(cursor: Cursor, start: number, end: number): Span {
  return { start: start - cursor.base, end: end - cursor.base };
}

/** Reports an error of syntax between two absolute offsets. */
export function reportSyntax(
  cursor: Cursor,
  start: number,
  end: number,
  message: string,
  opened?: { readonly message: string; readonly offset: number },
): void {
  cursor.errors += 1;
  const span = spanBetween(cursor, start, end);
  const problem: Problem = { code: readingCode.jsonSyntax, severity: "error", message, span };
  cursor.problems.push(
    opened === undefined
      ? problem
      : {
          ...problem,
          related: [{ message: opened.message, span: spanBetween(cursor, opened.offset, opened.offset + 1) }],
        },
  );
}

/** A place to come back to with {@link rewind}, as if nothing had been read since. */
export interface Mark {
  readonly position: number;
  readonly problems: number;
  readonly errors: number;
  readonly conflicts: number;
}

/** Where the cursor is, to come back to. */
export function markHere(cursor: Cursor): Mark {
  return {
    position: cursor.position,
    problems: cursor.problems.length,
    errors: cursor.errors,
    conflicts: cursor.conflicts.length,
  };
}

/** Goes back to a mark, and forgets what was reported since. */
export function rewind(cursor: Cursor, mark: Mark): void {
  cursor.position = mark.position;
  cursor.problems.length = mark.problems;
  cursor.errors = mark.errors;
  cursor.conflicts.length = mark.conflicts;
}
