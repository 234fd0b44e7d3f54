import { takeSize, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { charactersOf, compareValues, describe, isList, isTrue, objectOf } from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { isGiven, itemsOf, objectArgument } from "./arguments.ts";
import { attributeOf, findAttribute } from "./attribute.ts";
import {
  type ArgumentValues,
  type Calculation,
  type Definition,
  define,
  type FunctionDefinition,
} from "./definition.ts";
import { uniqueValues } from "./unique-values.ts";

/** Functions that compare items: to sort, to group, to leave out what occurs twice. */
export const orderFunctions: readonly FunctionDefinition[] = [
  define("unique(list, case_sensitive?, attribute?)", ({ budget }, [list, caseSensitive, attribute]) => {
    const read = readerOf(attribute);
    const fold = foldCase(caseSensitive);
    return uniqueValues(itemsOf(list, budget), (item) => fold(read(item)), budget);
  }),
  // Python's counts case, Jinja's does not.
  define("sorted(list, reverse?, case_sensitive?, attribute?)", sorting({ caseSensitive: true })),
  define("sort(list, reverse?, case_sensitive?, attribute?)", sorting({ caseSensitive: false })),
  define("reversed(value)", reverse, "reverse"),
  define("groupby(list, attribute, default?)", groupBy),
  define(
    "dictsort(object, case_sensitive?, by?, reverse?)",
    (calculation, [object, caseSensitive, by, backwards]) => {
      const entries = Object.entries(objectArgument(object));
      takeSize(calculation.budget, entries.length * 3);
      if (isGiven(by) && by !== "key" && by !== "value")
        fail("value", `sorts by "key" or "value", not by ${describe(by)}.`);
      return sort(
        calculation,
        entries,
        backwards,
        (entry) => (isList(entry) ? (entry[by === "value" ? 1 : 0] ?? null) : entry),
        caseSensitive ?? false,
      );
    },
  ),
];

function sorting(otherwise: { readonly caseSensitive: Value }): Definition<Value>["call"] {
  return (calculation, [list, backwards, caseSensitive, attribute]) =>
    sort(calculation, list, backwards, readerOf(attribute), caseSensitive ?? otherwise.caseSensitive);
}

/** What an item is compared by: itself, or an attribute of it. */
function readerOf(attribute: Value | undefined): (item: Value) => Value {
  return isGiven(attribute) ? (item) => attributeOf(item, attribute) : (item) => item;
}

/** Texts without case, unless case counts. */
function foldCase(caseSensitive: Value | undefined): (value: Value) => Value {
  return isTrue(caseSensitive ?? null) ? (value) => value : caseless;
}

function sort(
  { budget }: Calculation,
  list: Value | undefined,
  backwards: Value | undefined,
  keyOf: (item: Value) => Value,
  caseSensitive: Value,
): Value {
  const fold = foldCase(caseSensitive);
  const keyed = itemsOf(list, budget).map((item) => ({ item, key: fold(keyOf(item)) }));
  takeSize(budget, keyed.length);
  const sign = isTrue(backwards ?? null) ? -1 : 1;
  // A stable sort keeps the order of equals, backwards too, as Python does.
  keyed.sort((one, other) => {
    takeSteps(budget, 1);
    return compareValues(one.key, other.key, budget) * sign;
  });
  return keyed.map(({ item }) => item);
}

function reverse({ budget }: Calculation, [value]: ArgumentValues): Value {
  const items = itemsOf(value, budget);
  takeSize(budget, items.length);
  return typeof value === "string" ? charactersOf(value, budget).toReversed().join("") : items.toReversed();
}

/** Groups in the order of their keys, each as an object with `grouper` and `list`. */
function groupBy(calculation: Calculation, [list, attribute, otherwise]: ArgumentValues): Value {
  const { budget } = calculation;
  const keyOf = (item: Value): Value =>
    findAttribute(item, attribute ?? null) ?? otherwise ?? attributeOf(item, attribute ?? null);
  const sorted = itemsOf(sort(calculation, list, false, keyOf, false), budget);
  takeSize(budget, sorted.length * 3);
  const groups: { grouper: Value; list: Value[] }[] = [];
  for (const item of sorted) {
    const grouper = keyOf(item);
    const last = groups.at(-1);
    if (last !== undefined && compareValues(caseless(last.grouper), caseless(grouper), budget) === 0)
      last.list.push(item);
    else groups.push({ grouper, list: [item] });
  }
  return groups.map((group) => objectOf(Object.entries(group)));
}

function caseless(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase() : value;
}
