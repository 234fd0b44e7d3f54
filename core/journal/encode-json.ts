import type { Json } from "#core/ports";
import { contentHash } from "./content-hash.ts";
import type { EncodedJson } from "./event.ts";

/** Works out under which reference a value is stored. Values must not be changed afterwards. */
export function encodeJson(value: Json): EncodedJson {
  const text = JSON.stringify(value);
  return { value, text, hash: contentHash(text) };
}
