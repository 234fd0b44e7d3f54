import type { JsonValue } from "./node-to-json.ts";

/** An object of JSON. Any key may be there, `__proto__` included: read it with `Object.hasOwn` only. */
export interface JsonMembers {
  readonly [key: string]: JsonValue;
}

/** Whether a value is an object of JSON: neither a list nor null. */
export function isJsonObject(value: JsonValue | undefined): value is JsonMembers {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
