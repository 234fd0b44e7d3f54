import { takeSize } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { describe, isList, isObject, isTrue, lengthOfText } from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { integerOf, isGiven, itemsOf } from "./arguments.ts";
import { attributeOf, findAttribute } from "./attribute.ts";
import { copyOf } from "./copy-of.ts";
import { type ArgumentValues, type Calculation, define, type FunctionDefinition } from "./definition.ts";
import { uniqueValues } from "./unique-values.ts";

/** Functions that make lists, take from them, or go over their items. */
export const listFunctions: readonly FunctionDefinition[] = [
  define("len(value)", length, "length", "count"),
  define("any(list)", ({ budget }, [list]) => itemsOf(list, budget).some(isTrue)),
  define("all(list)", ({ budget }, [list]) => itemsOf(list, budget).every(isTrue)),
  define(
    "list(value?)",
    ({ budget }, [value]) => (value === undefined ? [] : copyOf(itemsOf(value, budget), budget)),
    "tuple",
  ),
  define("set(list?)", ({ budget }, [list]) =>
    list === undefined ? [] : uniqueValues(itemsOf(list, budget), (item) => item, budget),
  ),
  define("first(list)", ({ budget }, [list]) => itemAt(itemsOf(list, budget), 0)),
  define("last(list)", ({ budget }, [list]) => itemAt(itemsOf(list, budget), -1)),
  define("enumerate(list, start?)", ({ budget }, [list, start]) => {
    const items = itemsOf(list, budget);
    takeSize(budget, items.length * 3);
    const from = integerOf(start, 0);
    return items.map((item, index) => [from + index, item]);
  }),
  define("zip(...lists)", ({ budget }, [...lists]) => {
    const columns = lists.map((list) => itemsOf(list, budget));
    const shortest = columns.length === 0 ? 0 : Math.min(...columns.map((column) => column.length));
    takeSize(budget, shortest * (columns.length + 1));
    return Array.from({ length: shortest }, (_, index) => columns.map((column) => column[index] ?? null));
  }),
  define("batch(list, size, fill_with?)", ({ budget }, [list, size, fill]) => {
    const items = itemsOf(list, budget);
    const width = integerOf(size);
    if (width < 1) fail("value", "needs a size of at least 1.");
    takeSize(budget, items.length * 2 + (isGiven(fill) ? width : 0));
    const rows: Value[][] = [];
    for (let from = 0; from < items.length; from += width) rows.push(items.slice(from, from + width));
    const last = rows.at(-1);
    if (isGiven(fill) && last !== undefined) while (last.length < width) last.push(fill);
    return rows;
  }),
  define("slice(list, count, fill_with?)", slice),
  define("map(list, function?, ...values, attribute?, default?)", map),
  define("select(list, test?, ...values)", (calculation, [list, test, ...values]) =>
    choose(calculation, list, undefined, test, values, "hold"),
  ),
  define("reject(list, test?, ...values)", (calculation, [list, test, ...values]) =>
    choose(calculation, list, undefined, test, values, "fail"),
  ),
  define("selectattr(list, attribute, test?, ...values)", (calculation, [list, attribute, test, ...values]) =>
    choose(calculation, list, attribute, test, values, "hold"),
  ),
  define("rejectattr(list, attribute, test?, ...values)", (calculation, [list, attribute, test, ...values]) =>
    choose(calculation, list, attribute, test, values, "fail"),
  ),
  define("attr(value, name)", (_, [value, name]) => attributeOf(value ?? null, name ?? null)),
];

function length({ budget }: Calculation, [value]: ArgumentValues): Value {
  if (isList(value)) return value.length;
  if (typeof value === "string") return lengthOfText(value, budget);
  if (isObject(value)) return itemsOf(value, budget).length;
  return fail("type", `needs a list, a text or an object, not ${describe(value ?? null)}.`);
}

function itemAt(items: readonly Value[], index: number): Value {
  const item = items.at(index);
  return item === undefined
    ? fail("missing", "finds nothing: the list is empty. Give a default, as in ?? 'none'.")
    : item;
}

/** Divides a list into columns, as Jinja's slice does; the first ones are longer. */
function slice({ budget }: Calculation, [list, count, fill]: ArgumentValues): Value {
  const items = itemsOf(list, budget);
  const columns = integerOf(count);
  if (columns < 1) fail("value", "needs a count of at least 1.");
  takeSize(budget, items.length + columns * 2);
  const shortest = Math.floor(items.length / columns);
  const longer = items.length % columns;
  let from = 0;
  return Array.from({ length: columns }, (_, index) => {
    const to = from + shortest + (index < longer ? 1 : 0);
    const column = items.slice(from, to);
    from = to;
    return isGiven(fill) && longer > 0 && index >= longer ? [...column, fill] : column;
  });
}

/** `map("upper")` calls a function with each item; `map(attribute="name")` takes an attribute of each. */
function map(calculation: Calculation, [list, name, attribute, otherwise, ...values]: ArgumentValues): Value {
  const items = itemsOf(list, calculation.budget);
  takeSize(calculation.budget, items.length);
  if (isGiven(attribute))
    return items.map((item) => findAttribute(item, attribute) ?? otherwise ?? attributeOf(item, attribute));
  if (typeof name !== "string")
    return fail(
      "value",
      'needs the name of a function, or an attribute: map("upper"), map(attribute="name").',
    );
  const rest = values.map((value) => value ?? null);
  return items.map((item) => calculation.callFunction(name, [item, ...rest]));
}

/** Keeps the items for which a test holds, or fails; without a test, those that are true, or are not. */
function choose(
  calculation: Calculation,
  list: Value | undefined,
  attribute: Value | undefined,
  test: Value | undefined,
  values: ArgumentValues,
  kept: "hold" | "fail",
): Value {
  const items = itemsOf(list, calculation.budget);
  takeSize(calculation.budget, items.length);
  if (isGiven(test) && typeof test !== "string")
    fail("type", `needs the name of a test, not ${describe(test)}.`);
  const rest = values.map((value) => value ?? null);
  return items.filter((item) => {
    const value = attribute === undefined ? item : (findAttribute(item, attribute) ?? null);
    const holds = typeof test === "string" ? calculation.callTest(test, [value, ...rest]) : isTrue(value);
    return holds === (kept === "hold");
  });
}
