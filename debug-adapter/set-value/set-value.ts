import type { Json } from "#core/ports";
import { adapterErrors } from "../adapter-error.ts";
import { valueAt } from "../breakpoints/value-at.ts";
import type { Launched } from "../launched.ts";
import type { PlaceToSet } from "./place-to-set.ts";
import type { TypedValue } from "./typed-value.ts";

/**
 * Sets a value by hand where the run is live and stands still; gives what is there then, which may have become of another
 * type than was typed, as the input of a stage does. Throws where it cannot be set, with what to do.
 */
export function setValue(launched: Launched, name: string, to: PlaceToSet, typed: () => TypedValue): Json {
  const { run, past } = launched;
  if (run === null || past?.cursor.isInPast() === true) throw adapterErrors.inThePast();
  if (!launched.shown().isStopped()) throw adapterErrors.notStopped();
  if (!to.ok) throw adapterErrors.cannotSet(name, to.reason);
  const read = typed();
  if (!read.ok) throw adapterErrors.cannotSet(name, read.reason);
  const answer = run.override({ ...to.place, value: read.value });
  if (!answer.ok) throw adapterErrors.cannotSet(name, answer.reason.trim());
  return valueAt(answer.value, to.place.path) ?? read.value;
}
