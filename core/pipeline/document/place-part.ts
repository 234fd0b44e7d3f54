import type { JsonNode, JsonProperty } from "../json-node.ts";
import type { TopPart } from "../model.ts";
import { shiftNode, shiftSpan } from "./shift.ts";

/**
 * The property of a part with absolute spans. Its value is placed when it is asked for: a keystroke moves all that
 * follows it, and a `layout` of thousands of lines is rarely looked at between two of them.
 */
export function placePart({ property }: TopPart, start: number): JsonProperty {
  const { key, value } = property;
  const spans = { keySpan: shiftSpan(property.keySpan, start), span: shiftSpan(property.span, start) };
  let placed: JsonNode | undefined;
  return {
    key,
    ...spans,
    get value() {
      placed ??= shiftNode(value, start);
      return placed;
    },
  };
}
