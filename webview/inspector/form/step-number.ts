import type { FieldLimits } from "./field-limits.ts";

/** The number that a step up or down from another leads to, within the limits. */
export function steppedNumber(
  limits: readonly FieldLimits[],
  from: number | undefined,
  direction: "up" | "down",
): number {
  const own = limits.find(({ types }) => types.has("number") || types.has("integer"));
  const step = own === undefined ? 1 : stepOf(own);
  const lowest =
    own?.minimum ?? (own?.exclusiveMinimum === undefined ? undefined : own.exclusiveMinimum + step);
  const highest =
    own?.maximum ?? (own?.exclusiveMaximum === undefined ? undefined : own.exclusiveMaximum - step);
  const next = from === undefined ? Math.max(0, lowest ?? 0) : from + (direction === "up" ? step : -step);
  const within = Math.min(highest ?? next, Math.max(lowest ?? next, next));
  // 0.1 + 0.2 is 0.3 for people.
  return Number(within.toFixed(6));
}

function stepOf({ types, multipleOf, minimum, maximum }: FieldLimits): number {
  if (multipleOf !== undefined) return multipleOf;
  const isNarrow = minimum !== undefined && maximum !== undefined && maximum - minimum <= 10;
  return types.has("number") && isNarrow ? 0.1 : 1;
}
