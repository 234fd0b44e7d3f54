import type { Value, ValueObject } from "../value.ts";
import { type Budget, takeSize, takeSteps } from "./budget.ts";
import { fail } from "./fault.ts";

/** How deep a value may be nested where it is compared, copied or written as text. */
const MAX_VALUE_DEPTH = 1000;

/** Whether a value is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is an object. */
export function isObject(value: Value | undefined): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Python's truth: null, false, 0, "", [] and {} are false. */
export function isTrue(value: Value): boolean {
  if (typeof value !== "object") return value !== false && value !== 0 && value !== "";
  if (value === null) return false;
  if (isList(value)) return value.length > 0;
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

/** A member of an object, its own; undefined when there is none. */
export function ownMember(object: ValueObject, key: string): Value | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets a member of an object under construction; `__proto__` is a key like any other. */
export function setMember(object: Record<string, Value>, key: string, value: Value): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** An object of entries; later ones win. */
export function objectOf(entries: Iterable<readonly [string, Value]>): ValueObject {
  const object: Record<string, Value> = {};
  for (const [key, value] of entries) setMember(object, key, value);
  return object;
}

/** What a value is, for messages: `the number 3`, `a list of 2 items`. */
export function describe(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return `the number ${value}`;
  if (typeof value === "string") return `the text "${value.length > 20 ? `${value.slice(0, 20)}…` : value}"`;
  if (!isList(value)) return "an object";
  return value.length === 1 ? "a list of 1 item" : `a list of ${value.length} items`;
}

/** Text as a template embeds it: null is nothing, lists and objects are JSON. */
export function toText(value: Value, budget: Budget): string {
  if (typeof value === "string") return value;
  if (value === null) return "";
  if (typeof value !== "object") return String(value);
  return toJson(value, budget, undefined);
}

/** JSON text, indented by a number of spaces where one is given. */
export function toJson(value: Value, budget: Budget, indent: number | undefined): string {
  measure(value, budget, indent ?? 0);
  return JSON.stringify(value, undefined, indent);
}

/** Charges what writing a value costs, and refuses one nested too deep. Walks with a stack of its own. */
function measure(value: Value, budget: Budget, indent: number): void {
  const open: { readonly value: Value; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    const { value: current, depth } = each;
    takeSteps(budget, 1);
    takeSize(budget, (typeof current === "string" ? current.length : 1) + indent * depth);
    if (typeof current !== "object" || current === null) continue;
    if (depth > MAX_VALUE_DEPTH)
      fail("deep-value", `The value is nested more than ${MAX_VALUE_DEPTH} levels deep.`);
    if (isList(current)) for (const item of current) open.push({ value: item, depth: depth + 1 });
    else {
      for (const [key, member] of Object.entries(current)) {
        takeSize(budget, key.length);
        open.push({ value: member, depth: depth + 1 });
      }
    }
  }
}

/** Python's equality: by value; true is 1, false is 0; texts never equal numbers. */
export function isEqual(one: Value, other: Value, budget: Budget): boolean {
  return equal(one, other, budget, 1);
}

function equal(one: Value, other: Value, budget: Budget, depth: number): boolean {
  // Texts of the same length are compared character by character.
  if (typeof one === "string" && typeof other === "string" && one.length === other.length) {
    takeSteps(budget, one.length / 256);
  }
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return equalScalars(one, other);
  if (one === null || other === null) return false;
  if (depth > MAX_VALUE_DEPTH)
    fail("deep-value", `The values are nested more than ${MAX_VALUE_DEPTH} levels deep.`);
  if (isList(one)) {
    if (!isList(other) || one.length !== other.length) return false;
    takeSteps(budget, one.length);
    return one.every((item, index) => equal(item, other[index] ?? null, budget, depth + 1));
  }
  if (isList(other)) return false;
  const keys = Object.keys(one);
  takeSteps(budget, keys.length);
  if (keys.length !== Object.keys(other).length) return false;
  return keys.every(
    (key) => Object.hasOwn(other, key) && equal(one[key] ?? null, other[key] ?? null, budget, depth + 1),
  );
}

function equalScalars(one: Value, other: Value): boolean {
  if (typeof one === "boolean" && typeof other === "number") return Number(one) === other;
  return typeof one === "number" && typeof other === "boolean" && one === Number(other);
}

/** Negative, zero or positive; lists item by item. Fails where the kinds have no order, as null and a number. */
export function compareValues(one: Value, other: Value, budget: Budget): number {
  return order(one, other, budget, 1);
}

function order(one: Value, other: Value, budget: Budget, depth: number): number {
  const [left, right] = [asNumber(one), asNumber(other)];
  if (left !== undefined && right !== undefined) return left - right;
  if (typeof one === "string" && typeof other === "string") {
    takeSteps(budget, 1 + Math.min(one.length, other.length) / 64);
    return compareTexts(one, other);
  }
  if (isList(one) && isList(other)) {
    if (depth > MAX_VALUE_DEPTH)
      fail("deep-value", `The values are nested more than ${MAX_VALUE_DEPTH} levels deep.`);
    const shared = Math.min(one.length, other.length);
    takeSteps(budget, shared);
    for (let index = 0; index < shared; index++) {
      const [item, counterpart] = [one[index] ?? null, other[index] ?? null];
      if (!equal(item, counterpart, budget, depth + 1)) return order(item, counterpart, budget, depth + 1);
    }
    return one.length - other.length;
  }
  return fail("type", `${describe(one)} and ${describe(other)} have no order.`);
}

/** A number, or a boolean as one; undefined for the rest. */
export function asNumber(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** By code points, so that the order is that of Python and not of UTF-16. */
function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index++) {
    const [left, right] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (left !== right) return rank(left) - rank(right);
  }
  return one.length - other.length;
}

/** Surrogates stand for code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** The characters of a text: code points, as in Python. */
export function charactersOf(text: string, budget: Budget): readonly string[] {
  takeSize(budget, text.length);
  return SURROGATE.test(text) ? Array.from(text) : text.split("");
}

/** How many characters a text has, in code points. */
export function lengthOfText(text: string, budget: Budget): number {
  takeSteps(budget, text.length / 64);
  return SURROGATE.test(text) ? charactersOf(text, budget).length : text.length;
}

const SURROGATE = /[\ud800-\udfff]/;
