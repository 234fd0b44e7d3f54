import { takeSize, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { compareValues, describe, isTrue } from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { finite, integerOf, isGiven, itemsOf, numberOf } from "./arguments.ts";
import { attributeOf } from "./attribute.ts";
import { type ArgumentValues, type Calculation, define, type FunctionDefinition } from "./definition.ts";

export const numberFunctions: readonly FunctionDefinition[] = [
  define("abs(number)", (_, [number]) => Math.abs(numberOf(number))),
  define("round(number, digits?, method?)", (_, [number, digits, method]) =>
    finite(round(numberOf(number), integerOf(digits, 0), method)),
  ),
  define("floor(number)", (_, [number]) => finite(Math.floor(numberOf(number)))),
  define("ceil(number)", (_, [number]) => finite(Math.ceil(numberOf(number)))),
  define("sum(list, attribute?, start?)", sum),
  define("min(...values, attribute?, default?)", (calculation, values) => extreme(calculation, values, -1)),
  define("max(...values, attribute?, default?)", (calculation, values) => extreme(calculation, values, 1)),
  define("range(...bounds)", range),
  define("filesizeformat(bytes, binary?)", (_, [bytes, binary]) =>
    formatSize(numberOf(bytes), isTrue(binary ?? null) ? 1024 : 1000),
  ),
];

/** Half goes to the even neighbour, as in Python, and only where the number is exactly half. */
function round(number: number, digits: number, method: Value | undefined): number {
  if (digits > MAX_DIGITS) return number;
  if (digits < -MAX_DIGITS) return 0;
  if (method === "ceil" || method === "floor") {
    const scale = 10 ** digits;
    return finite((method === "ceil" ? Math.ceil(number * scale) : Math.floor(number * scale)) / scale);
  }
  if (isGiven(method) && method !== "common")
    fail("value", `has the methods "common", "ceil" and "floor", not ${describe(method)}.`);
  if (digits <= 0) {
    const scale = 10 ** -digits;
    return finite(halfToEven(number / scale) * scale);
  }
  if (Math.abs(number) >= 1e21) return number;
  const doubled = number * 10 ** digits * 2;
  // Only a number with few binary digits after the point can be exactly half; for the rest toFixed is exact.
  if (
    digits <= 20 &&
    Number.isInteger(doubled) &&
    Math.abs(doubled % 2) === 1 &&
    Number.isInteger(number * 2 ** digits * 2)
  ) {
    return halfToEven(number * 10 ** digits) / 10 ** digits;
  }
  return Number(number.toFixed(digits));
}

const MAX_DIGITS = 100;

function halfToEven(number: number): number {
  const floor = Math.floor(number);
  const rest = number - floor;
  if (rest !== 0.5) return Math.round(number);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** The second argument is Python's start where it is a number, and Jinja's attribute where it is a text. */
function sum({ budget }: Calculation, [list, attribute, start]: ArgumentValues): Value {
  const isStart = typeof attribute === "number";
  let total = isStart ? attribute : isGiven(start) ? numberOf(start) : 0;
  for (const item of itemsOf(list, budget)) {
    total += numberOf(isStart || !isGiven(attribute) ? item : attributeOf(item, attribute));
  }
  return finite(total);
}

function extreme(
  { budget }: Calculation,
  [attribute, otherwise, ...values]: ArgumentValues,
  sign: 1 | -1,
): Value {
  const items = values.length === 1 ? itemsOf(values[0], budget) : values.map((value) => value ?? null);
  let best: { readonly item: Value; readonly key: Value } | undefined;
  for (const item of items) {
    const key = isGiven(attribute) ? attributeOf(item, attribute) : item;
    if (best === undefined || compareValues(key, best.key, budget) * sign > 0) best = { item, key };
  }
  if (best !== undefined) return best.item;
  return (
    otherwise ?? fail("missing", "has nothing to choose from: the list is empty. Give a default: default=0.")
  );
}

function range({ budget }: Calculation, [...bounds]: ArgumentValues): Value {
  if (bounds.length === 0 || bounds.length > 3)
    fail("value", "takes an end, or a start and an end, or those and a step.");
  const [first, second, third] = bounds.map((bound) => integerOf(bound));
  const [from, to, step] = second === undefined ? [0, first ?? 0, 1] : [first ?? 0, second, third ?? 1];
  if (step === 0) fail("value", "needs a step other than 0.");
  const count = Math.max(0, Math.ceil((to - from) / step));
  takeSize(budget, count);
  takeSteps(budget, count / 4);
  return Array.from({ length: count }, (_, index) => from + index * step);
}

function formatSize(bytes: number, base: number): string {
  if (Math.abs(bytes) < base) return Math.abs(bytes) === 1 ? `${bytes} Byte` : `${bytes} Bytes`;
  const prefixes = base === 1024 ? ["KiB", "MiB", "GiB", "TiB", "PiB"] : ["kB", "MB", "GB", "TB", "PB"];
  let size = bytes;
  let unit = "";
  for (const prefix of prefixes) {
    size /= base;
    unit = prefix;
    if (Math.abs(size) < base) break;
  }
  return `${size.toFixed(1)} ${unit}`;
}
