import { takeSize, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import {
  charactersOf,
  compareValues,
  describe,
  isList,
  isObject,
  isTrue,
  lengthOfText,
  objectOf,
} from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { integerOf, isGiven, itemsOf, objectArgument } from "./arguments.ts";
import { attributeOf, findAttribute } from "./attribute.ts";
import { type ArgumentValues, type Calculation, define, type FunctionDefinition } from "./definition.ts";
import { uniqueValues } from "./unique-values.ts";

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
  define("unique(list, case_sensitive?, attribute?)", ({ budget }, [list, caseSensitive, attribute]) =>
    uniqueValues(itemsOf(list, budget), sortKey(caseSensitive, attribute), budget),
  ),
  define(
    "sorted(list, reverse?, case_sensitive?, attribute?)",
    (calculation, [list, backwards, caseSensitive, attribute]) =>
      sort(
        calculation,
        list,
        backwards,
        isGiven(attribute) ? (item) => attributeOf(item, attribute) : (item) => item,
        caseSensitive ?? true,
      ),
  ),
  define(
    "sort(list, reverse?, case_sensitive?, attribute?)",
    (calculation, [list, backwards, caseSensitive, attribute]) =>
      sort(
        calculation,
        list,
        backwards,
        isGiven(attribute) ? (item) => attributeOf(item, attribute) : (item) => item,
        caseSensitive ?? false,
      ),
  ),
  define("reversed(value)", reverse, "reverse"),
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
  define("groupby(list, attribute, default?)", groupBy),
  define("map(list, function?, ...values, attribute?, default?)", map),
  define("select(list, test?, ...values)", (calculation, [list, test, ...values]) =>
    choose(calculation, list, undefined, test, values, true),
  ),
  define("reject(list, test?, ...values)", (calculation, [list, test, ...values]) =>
    choose(calculation, list, undefined, test, values, false),
  ),
  define("selectattr(list, attribute, test?, ...values)", (calculation, [list, attribute, test, ...values]) =>
    choose(calculation, list, attribute, test, values, true),
  ),
  define("rejectattr(list, attribute, test?, ...values)", (calculation, [list, attribute, test, ...values]) =>
    choose(calculation, list, attribute, test, values, false),
  ),
  define("attr(value, name)", (_, [value, name]) => attributeOf(value ?? null, name ?? null)),
  define("dict(value?)", dictionary),
  define("keys(object)", ({ budget }, [object]) => itemsOf(objectArgument(object), budget)),
  define("values(object)", ({ budget }, [object]) => copyOf(Object.values(objectArgument(object)), budget)),
  define("items(object)", ({ budget }, [object]) => {
    const entries = Object.entries(objectArgument(object));
    takeSize(budget, entries.length * 3);
    return entries;
  }),
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

function length({ budget }: Calculation, [value]: ArgumentValues): Value {
  if (isList(value)) return value.length;
  if (typeof value === "string") return lengthOfText(value, budget);
  if (isObject(value)) return itemsOf(value, budget).length;
  return fail("type", `needs a list, a text or an object, not ${describe(value ?? null)}.`);
}

function copyOf(items: readonly Value[], budget: Calculation["budget"]): readonly Value[] {
  takeSize(budget, items.length);
  return [...items];
}

function itemAt(items: readonly Value[], index: number): Value {
  const item = items.at(index);
  return item === undefined
    ? fail("missing", "finds nothing: the list is empty. Give a default, as in ?? 'none'.")
    : item;
}

/** What items are compared by: an attribute of theirs, texts without case unless case counts. */
function sortKey(caseSensitive: Value | undefined, attribute: Value | undefined): (item: Value) => Value {
  const fold = (value: Value): Value =>
    typeof value === "string" && !isTrue(caseSensitive ?? null) ? value.toLowerCase() : value;
  return (item) => fold(isGiven(attribute) ? attributeOf(item, attribute) : item);
}

function sort(
  { budget }: Calculation,
  list: Value | undefined,
  backwards: Value | undefined,
  keyOf: (item: Value) => Value,
  caseSensitive: Value,
): Value {
  const fold = sortKey(caseSensitive, undefined);
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

function choose(
  calculation: Calculation,
  list: Value | undefined,
  attribute: Value | undefined,
  test: Value | undefined,
  values: ArgumentValues,
  wanted: boolean,
): Value {
  const items = itemsOf(list, calculation.budget);
  takeSize(calculation.budget, items.length);
  if (isGiven(test) && typeof test !== "string")
    fail("type", `needs the name of a test, not ${describe(test)}.`);
  const rest = values.map((value) => value ?? null);
  return items.filter((item) => {
    const value = attribute === undefined ? item : (findAttribute(item, attribute) ?? null);
    const holds = typeof test === "string" ? calculation.callTest(test, [value, ...rest]) : isTrue(value);
    return holds === wanted;
  });
}

function dictionary({ budget }: Calculation, [value]: ArgumentValues): Value {
  if (value === undefined) return {};
  if (isObject(value)) return objectOf(Object.entries(value));
  const pairs = itemsOf(value, budget);
  takeSize(budget, pairs.length);
  return objectOf(
    pairs.map((pair) => {
      const [key, member] =
        isList(pair) && pair.length === 2
          ? pair
          : fail("value", `needs pairs of key and value, not ${describe(pair)}.`);
      return [
        typeof key === "string" ? key : fail("type", `needs texts as keys, not ${describe(key ?? null)}.`),
        member ?? null,
      ];
    }),
  );
}
