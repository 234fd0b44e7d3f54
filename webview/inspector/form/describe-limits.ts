import type { FieldLimits } from "./field-limits.ts";

/** The limits in words, a sentence for each alternative that has some; empty where none has. That a text has any character goes without saying. */
export function describeLimits(limits: readonly FieldLimits[]): string {
  return limits
    .map(({ minLength, ...rest }) =>
      limitInWords(minLength === undefined || minLength < 2 ? rest : { ...rest, minLength }),
    )
    .filter((words) => words !== "")
    .join(" ");
}

/** The limits of a value of one of some types in words; empty where there is none. */
export function limitInWords(limits: FieldLimits): string {
  const { types, multipleOf, pattern } = limits;
  const words: string[] = [];
  if (types.has("number") || types.has("integer")) {
    const range = rangeInWords(limits);
    if (range !== "") words.push(range);
    if (multipleOf !== undefined) words.push(`a multiple of ${multipleOf}`);
  }
  if (types.has("string")) {
    const length = countInWords(limits.minLength, limits.maxLength, "character");
    if (length !== "") words.push(length);
    if (pattern !== undefined) words.push(`matches ${pattern}`);
  }
  if (types.has("array")) {
    const length = countInWords(limits.minItems, limits.maxItems, "item");
    if (length !== "") words.push(length);
  }
  const [first = "", ...rest] = words;
  if (first === "") return "";
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(", ")}.`;
}

function rangeInWords({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: FieldLimits): string {
  // The largest number that can be written exactly is no limit that anyone meets.
  const highest = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const lowest = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (lowest !== undefined && highest !== undefined) return `from ${lowest} to ${highest}`;
  return [
    ...(lowest === undefined ? [] : [`at least ${lowest}`]),
    ...(exclusiveMinimum === undefined ? [] : [`more than ${exclusiveMinimum}`]),
    ...(highest === undefined ? [] : [`at most ${highest}`]),
    ...(exclusiveMaximum === undefined ? [] : [`less than ${exclusiveMaximum}`]),
  ].join(", ");
}

function countInWords(least: number | undefined, most: number | undefined, unit: string): string {
  const units = (count: number): string => `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (least !== undefined && most !== undefined) return `from ${least} to ${units(most)}`;
  if (least !== undefined && least > 0) return `at least ${units(least)}`;
  return most === undefined ? "" : `at most ${units(most)}`;
}
