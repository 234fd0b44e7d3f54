import type { JsonNode } from "../json-node.ts";

/** Whether a field asks for nothing: null, false, and empty lists and objects. */
export function declaresNothing(node: JsonNode): boolean {
  switch (node.kind) {
    case "null":
    case "error":
      return true;
    case "boolean":
      return !node.value;
    case "array":
      return node.items.length === 0;
    case "object":
      return node.properties.length === 0;
    case "string":
    case "number":
      return false;
  }
}
