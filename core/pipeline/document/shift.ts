import type { Span } from "../json-node.ts";
import type { Problem } from "../problem.ts";

/** The same span, `offset` further on. */
export function shiftSpan(span: Span, offset: number): Span {
  return { start: span.start + offset, end: span.end + offset };
}

/** The same problem, `offset` further on. */
export function shiftProblem(problem: Problem, offset: number): Problem {
  const shifted = { ...problem, span: shiftSpan(problem.span, offset) };
  if (problem.related === undefined) return shifted;
  return {
    ...shifted,
    related: problem.related.map(({ message, span }) => ({ message, span: shiftSpan(span, offset) })),
  };
}
