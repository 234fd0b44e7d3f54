import type { Cursor } from "../json/cursor.ts";
import type { Problem } from "../problem.ts";
import { shiftProblem } from "./shift.ts";

/** What was read, with spans relative to where it starts. */
export interface ReadApart<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
  /** Whether its text has no error of syntax. */
  readonly sound: boolean;
}

/**
 * Reads something with all spans relative to where it starts. When it turns out to be nothing (null), its problems
 * go to those around it.
 */
export function readApart<T>(cursor: Cursor, read: () => T | null): ReadApart<T | null> {
  const { position: start, base, problems: outer, errors } = cursor;
  const problems: Problem[] = [];
  cursor.base = start;
  cursor.problems = problems;
  const value = read();
  cursor.base = base;
  cursor.problems = outer;
  if (value === null) outer.push(...problems.map((problem) => shiftProblem(problem, start - base)));
  return { value, problems, sound: cursor.errors === errors };
}
