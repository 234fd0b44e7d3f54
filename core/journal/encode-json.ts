import type { Json } from "#core/ports";
import { contentHash } from "./content-hash.ts";

/** A value with its JSON text and that text's hash. */
export interface EncodedJson {
  readonly value: Json;
  readonly text: string;
  readonly hash: string;
}

/** Works out under which reference a value is stored. Values must not be changed afterwards. */
export function encodeJson(value: Json): EncodedJson {
  const text = JSON.stringify(value);
  return { value, text, hash: contentHash(text) };
}
