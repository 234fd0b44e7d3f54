import { isJsonObject } from "../json/json-object.ts";
import type { JsonValue } from "../json/node-to-json.ts";

/** Whether two values say the same; the order of keys says nothing. */
export function sameJson(one: JsonValue, other: JsonValue): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => sameJson(item, other[index] ?? null));
  }
  if (isJsonObject(one) && isJsonObject(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key] ?? null, other[key] ?? null))
    );
  }
  return one === other;
}
