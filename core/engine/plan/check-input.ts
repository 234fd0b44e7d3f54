import { type CheckedInput, fitInput } from "#core/components";
import { whyUnwritable } from "#core/journal";
import type { JsonNode } from "#core/pipeline";
import type { Json } from "#core/ports";

/** Checks an input as `fitInput` does, and that a journal can hold it. */
export function checkInput(schema: JsonNode | null, given: Json): CheckedInput {
  const unwritable = whyUnwritable(given);
  if (unwritable !== null) return { ok: false, messages: [`The pipeline's input is ${unwritable}.`] };
  return fitInput(schema, given);
}
