import type { Json, JsonObject } from "#core/ports";

/** Whether a value is an object of JSON: neither a list nor null. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
