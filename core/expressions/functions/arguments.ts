import { type Budget, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { asNumber, charactersOf, describe, isList, isObject, toText } from "../evaluate/values.ts";
import type { Value, ValueObject } from "../value.ts";

/** The items of what can be gone through: a list's items, a text's characters, an object's keys. */
export function itemsOf(value: Value | undefined, budget: Budget): readonly Value[] {
  if (isList(value)) {
    takeSteps(budget, value.length);
    return value;
  }
  if (typeof value === "string") return charactersOf(value, budget);
  if (isObject(value)) {
    const keys = Object.keys(value);
    takeSteps(budget, keys.length);
    return keys;
  }
  return fail("type", `needs a list, not ${describe(value ?? null)}.`);
}

/** A text; anything else fails. Charges for going through it. */
export function textOf(value: Value | undefined, budget: Budget): string {
  if (typeof value !== "string") return fail("type", `needs a text, not ${describe(value ?? null)}.`);
  takeSteps(budget, value.length / 64);
  return value;
}

/** A text, or what a template would embed for a number or boolean: `5 | upper` is harmless. Null fails. */
export function writtenText(value: Value | undefined, budget: Budget): string {
  if (typeof value === "number" || typeof value === "boolean") return toText(value, budget);
  return textOf(value, budget);
}

/** An argument as a number; fails where it is none. */
export function numberOf(value: Value | undefined): number {
  return asNumber(value ?? null) ?? fail("type", `needs a number, not ${describe(value ?? null)}.`);
}

/** A whole number, or what stands for one that was not given. */
export function integerOf(value: Value | undefined, otherwise?: number): number {
  if (value === undefined && otherwise !== undefined) return otherwise;
  const number = numberOf(value);
  return Number.isInteger(number) ? number : fail("type", `needs a whole number, not ${describe(number)}.`);
}

/** An argument that has to be an object; fails where it is none. */
export function objectArgument(value: Value | undefined): ValueObject {
  return isObject(value) ? value : fail("type", `needs an object, not ${describe(value ?? null)}.`);
}

/** Whether an argument was given, and is not null. */
export function isGiven(value: Value | undefined): value is Exclude<Value, null> {
  return value !== undefined && value !== null;
}

/** A number that JSON can hold; infinity is none, and -0 is written as 0. */
export function finite(result: number): number {
  if (!Number.isFinite(result)) return fail("arithmetic", "gives a result too large for a number.");
  return result === 0 ? 0 : result;
}
