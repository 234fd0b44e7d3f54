import type { JsonNode } from "../json-node.ts";

/** What JSON can say. Read objects with `Object.hasOwn` only: any key may be there, `__proto__` included. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** The value of a node as JSON. Of duplicate keys the last counts, as for `JSON.parse`; what is unreadable is null. */
export function nodeToJson(node: JsonNode): JsonValue {
  switch (node.kind) {
    case "object": {
      const object: { [key: string]: JsonValue } = {};
      for (const { key, value } of node.properties) {
        if (key === "__proto__") {
          // Assignment would set the prototype.
          Object.defineProperty(object, key, {
            value: nodeToJson(value),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        } else {
          object[key] = nodeToJson(value);
        }
      }
      return object;
    }
    case "array":
      return node.items.map(nodeToJson);
    case "string":
    case "number":
    case "boolean":
      return node.value;
    case "null":
    case "error":
      return null;
  }
}
