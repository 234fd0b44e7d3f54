import type { JsonMembers } from "../../json/json-object.ts";
import type { JsonValue } from "../../json/node-to-json.ts";
import type { JsonNode } from "../../json-node.ts";
import { fieldNamed } from "../../stage/field-reader.ts";

/** Whether what is written says a value already; the order of keys counts in the objects of `ordered` only. */
export function says(node: JsonNode, wanted: JsonValue, ordered: ReadonlySet<JsonValue>): boolean {
  switch (node.kind) {
    case "object": {
      if (typeof wanted !== "object" || wanted === null || isList(wanted)) return false;
      const keys = Object.keys(wanted);
      const { properties } = node;
      if (properties.length === keys.length) {
        // Nearly always in the same order, where nothing has to be looked up.
        const inOrder = properties.every(({ key }, index) => key === keys[index]);
        if (inOrder) return properties.every(({ key, value }) => says(value, wanted[key] ?? null, ordered));
        if (isOrdered(ordered, wanted)) return false;
      }
      const written = new Set(properties.map(({ key }) => key));
      if (written.size !== keys.length || isOrdered(ordered, wanted)) return false;
      return keys.every((key) => {
        const field = fieldNamed(properties, key);
        return field !== undefined && says(field.value, wanted[key] ?? null, ordered);
      });
    }
    case "array":
      return (
        isList(wanted) &&
        wanted.length === node.items.length &&
        node.items.every((item, index) => says(item, wanted[index] ?? null, ordered))
      );
    case "string":
    case "number":
    case "boolean":
      return node.value === wanted;
    case "null":
      return wanted === null;
    case "error":
      return false;
  }
}

/** Whether the order of an object's keys counts, and can be told: keys that are numbers come first here, wherever they stand. */
export function isOrdered(ordered: ReadonlySet<JsonValue>, object: JsonMembers): boolean {
  return ordered.has(object) && !Object.keys(object).some((key) => /^(?:0|[1-9]\d{0,9})$/.test(key));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
