import type { Json, JsonObject, ModelRequest } from "#core/ports";

/** A request as a cassette has it: plain JSON with the keys of every object in order, and no secrets. */
export interface CanonicalRequest {
  readonly value: JsonObject;
  /** The same as text: two requests are the same when their texts are. */
  readonly text: string;
}

/**
 * The canonical form of a request. `hide` takes the values of secrets out. What a run adds of its own (ids, times,
 * keys) is in no request.
 */
export function canonicalRequest(
  request: ModelRequest | JsonObject,
  hide: (value: Json) => Json,
): CanonicalRequest {
  // A request is JSON but for fields that are undefined, which it does not have in JSON either.
  const plain = JSON.parse(JSON.stringify(request)) as Json;
  const value = ordered(hide(plain)) as JsonObject;
  return { value, text: JSON.stringify(value) };
}

function ordered(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered(member)]));
}
