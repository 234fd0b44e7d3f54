import type { JsonObject } from "#core/ports";
import type { StagePlan } from "../plan/run-plan.ts";

/**
 * Whether an attempt that began and of which no end is known may simply be made again: the file says so, or else the
 * component does.
 */
export function mayRepeat({ idempotent, definition }: StagePlan, inputs: JsonObject): boolean {
  if (idempotent !== null) return idempotent;
  return typeof definition.idempotent === "function" ? definition.idempotent(inputs) : definition.idempotent;
}
