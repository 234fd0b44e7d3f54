import type { JsonNode } from "../json-node.ts";

/** A text of a file. */
export type TextNode = Extract<JsonNode, { readonly kind: "string" }>;

/** Every text that is a value in a node, in order; keys are none. */
export function* textsIn(node: JsonNode): Iterable<TextNode> {
  switch (node.kind) {
    case "string":
      yield node;
      return;
    case "array":
      for (const item of node.items) yield* textsIn(item);
      return;
    case "object":
      for (const { value } of node.properties) yield* textsIn(value);
      return;
    case "number":
    case "boolean":
    case "null":
    case "error":
      return;
  }
}
