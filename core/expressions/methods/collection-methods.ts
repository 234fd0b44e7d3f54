import { takeSize } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { describe, isEqual, ownMember } from "../evaluate/values.ts";
import { isGiven, itemsOf, objectArgument, textOf } from "../functions/arguments.ts";
import { contains } from "../functions/contains.ts";
import { define, type FunctionDefinition, tableOf } from "../functions/definition.ts";
import { join } from "../functions/texts.ts";
import type { Value } from "../value.ts";

/** Methods of lists, with the list as the first parameter. */
export const listMethods: ReadonlyMap<string, FunctionDefinition> = tableOf<Value>([
  define(
    "count(list, value)",
    ({ budget }, [list, value]) =>
      itemsOf(list, budget).filter((item) => isEqual(item, value ?? null, budget)).length,
  ),
  define("index(list, value)", ({ budget }, [list, value]) => {
    const index = itemsOf(list, budget).findIndex((item) => isEqual(item, value ?? null, budget));
    return index === -1 ? fail("value", `finds no ${describe(value ?? null)} in the list.`) : index;
  }),
  define("indexOf(list, value)", ({ budget }, [list, value]) =>
    itemsOf(list, budget).findIndex((item) => isEqual(item, value ?? null, budget)),
  ),
  define("includes(list, value)", ({ budget }, [list, value]) =>
    contains(list ?? null, value ?? null, budget),
  ),
  define("join(list, separator?)", ({ budget }, [list, separator]) =>
    join(itemsOf(list, budget), isGiven(separator) ? textOf(separator, budget) : ",", budget),
  ),
  define("copy(list)", ({ budget }, [list]) => itemsOf(list, budget)),
]);

/** Methods of objects, with the object as the first parameter. */
export const objectMethods: ReadonlyMap<string, FunctionDefinition> = tableOf<Value>([
  define("get(object, key, default?)", (_, [object, key, otherwise]) => {
    if (typeof key !== "string")
      return fail("type", `needs a text as the key, not ${describe(key ?? null)}.`);
    const member = ownMember(objectArgument(object), key);
    // As in Python, a key that is there with null gives null and not the default.
    return member === undefined ? (otherwise ?? null) : member;
  }),
  define("keys(object)", ({ budget }, [object]) => itemsOf(objectArgument(object), budget)),
  define("values(object)", ({ budget }, [object]) => {
    const values = Object.values(objectArgument(object));
    takeSize(budget, values.length);
    return values;
  }),
  define("items(object)", ({ budget }, [object]) => {
    const entries = Object.entries(objectArgument(object));
    takeSize(budget, entries.length * 3);
    return entries;
  }),
  // Values never change, so that a copy is the value.
  define("copy(object)", (_, [object]) => objectArgument(object)),
]);
