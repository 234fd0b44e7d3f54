import { whyUnwritable } from "#core/journal";
import type { Failure, Json } from "#core/ports";

/** The failure of a stage whose inputs or output no journal can hold; null when one can. */
export function refuseUnwritable(what: "inputs" | "output", value: Json): Failure | null {
  const reason = whyUnwritable(value);
  if (reason === null) return null;
  const verb = what === "inputs" ? "are" : "is";
  const message = `The ${what} of the stage ${verb} ${reason}. Pass on less, or make it flatter.`;
  return { type: "EXECUTION", message, recoverable: false };
}
