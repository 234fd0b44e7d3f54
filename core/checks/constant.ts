import { isTemplate } from "#core/expressions";
import type { JsonNode } from "#core/pipeline";

/** Whether a value is known before a run: nothing in it is a template, or could not be read. */
export function isConstant(node: JsonNode): boolean {
  switch (node.kind) {
    case "string":
      return !isTemplate(node.value);
    case "array":
      return node.items.every(isConstant);
    case "object":
      return node.properties.every(({ value }) => isConstant(value));
    case "error":
      return false;
    case "number":
    case "boolean":
    case "null":
      return true;
  }
}
