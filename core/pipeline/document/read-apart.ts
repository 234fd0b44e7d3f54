import type { Cursor } from "../json/cursor.ts";
import type { Problem } from "../problem.ts";
import { shiftProblem } from "./shift.ts";

/**
 * Reads something with all spans relative to where it starts. When it turns out to be nothing (null), its problems
 * go to those around it.
 */
export function readApart<T>(
  cursor: Cursor,
  read: () => T | null,
): { readonly value: T | null; readonly problems: readonly Problem[]; readonly sound: boolean } {
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
