import type { JsonNode, JsonProperty, Span } from "../json-node.ts";
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

/** The same value, `offset` further on. */
export function shiftNode(node: JsonNode, offset: number): JsonNode {
  const span = shiftSpan(node.span, offset);
  switch (node.kind) {
    case "object":
      return {
        ...node,
        span,
        properties: node.properties.map((property) => shiftProperty(property, offset)),
      };
    case "array":
      return { ...node, span, items: node.items.map((item) => shiftNode(item, offset)) };
    case "string":
    case "number":
    case "boolean":
    case "null":
    case "error":
      return { ...node, span };
  }
}

function shiftProperty({ key, keySpan, span, value }: JsonProperty, offset: number): JsonProperty {
  return {
    key,
    keySpan: shiftSpan(keySpan, offset),
    span: shiftSpan(span, offset),
    value: shiftNode(value, offset),
  };
}
