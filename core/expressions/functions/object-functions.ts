import { takeSize } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { describe, isList, isObject, objectOf } from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { itemsOf, objectArgument } from "./arguments.ts";
import { copyOf } from "./copy-of.ts";
import { type ArgumentValues, type Calculation, define, type FunctionDefinition } from "./definition.ts";

/** Functions that make objects, or take them apart. */
export const objectFunctions: readonly FunctionDefinition[] = [
  define("dict(value?)", dictionary),
  define("keys(object)", ({ budget }, [object]) => itemsOf(objectArgument(object), budget)),
  define("values(object)", ({ budget }, [object]) => copyOf(Object.values(objectArgument(object)), budget)),
  define("items(object)", ({ budget }, [object]) => {
    const entries = Object.entries(objectArgument(object));
    takeSize(budget, entries.length * 3);
    return entries;
  }),
];

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
