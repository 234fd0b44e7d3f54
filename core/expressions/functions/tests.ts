import { fail } from "../evaluate/fault.ts";
import { compareValues, isEqual, isList, isObject } from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { numberOf, textOf } from "./arguments.ts";
import { contains } from "./contains.ts";
import { type Definition, define, tableOf } from "./definition.ts";
import { search } from "./pattern.ts";

/** What may stand after `is`. `defined` and `undefined` are the evaluator's, since they ask about the path itself. */
export const testTable: ReadonlyMap<string, Definition<boolean>> = tableOf<boolean>([
  define("defined(value)", (_, [value]) => value !== undefined),
  define("undefined(value)", (_, [value]) => value === undefined),
  define("none(value)", (_, [value]) => (value ?? null) === null, "None", "null"),
  define("true(value)", (_, [value]) => value === true, "True"),
  define("false(value)", (_, [value]) => value === false, "False"),
  define("boolean(value)", (_, [value]) => typeof value === "boolean"),
  define("number(value)", (_, [value]) => typeof value === "number"),
  define("integer(value)", (_, [value]) => Number.isInteger(value)),
  define("float(value)", (_, [value]) => typeof value === "number" && !Number.isInteger(value)),
  define("string(value)", (_, [value]) => typeof value === "string"),
  define("sequence(value)", (_, [value]) => isList(value) || typeof value === "string"),
  define("iterable(value)", (_, [value]) => isList(value) || typeof value === "string" || isObject(value)),
  define("mapping(value)", (_, [value]) => isObject(value)),
  define("odd(value)", (_, [value]) => Math.abs(numberOf(value) % 2) === 1),
  define("even(value)", (_, [value]) => numberOf(value) % 2 === 0),
  define("divisibleby(value, number)", (_, [value, number]) => {
    const divisor = numberOf(number);
    return divisor === 0 ? fail("arithmetic", "cannot divide by zero.") : numberOf(value) % divisor === 0;
  }),
  define("lower(value)", ({ budget }, [value]) => isCased(textOf(value, budget), "lower")),
  define("upper(value)", ({ budget }, [value]) => isCased(textOf(value, budget), "upper")),
  define("empty(value)", (_, [value]) => isEmpty(value ?? null)),
  define(
    "eq(value, other)",
    ({ budget }, [value, other]) => isEqual(value ?? null, other ?? null, budget),
    "equalto",
    "sameas",
  ),
  define("ne(value, other)", ({ budget }, [value, other]) => !isEqual(value ?? null, other ?? null, budget)),
  define(
    "lt(value, other)",
    ({ budget }, [value, other]) => compareValues(value ?? null, other ?? null, budget) < 0,
    "lessthan",
  ),
  define(
    "le(value, other)",
    ({ budget }, [value, other]) => compareValues(value ?? null, other ?? null, budget) <= 0,
  ),
  define(
    "gt(value, other)",
    ({ budget }, [value, other]) => compareValues(value ?? null, other ?? null, budget) > 0,
    "greaterthan",
  ),
  define(
    "ge(value, other)",
    ({ budget }, [value, other]) => compareValues(value ?? null, other ?? null, budget) >= 0,
  ),
  define("in(value, container)", ({ budget }, [value, container]) =>
    contains(container ?? null, value ?? null, budget),
  ),
  define("matching(value, pattern)", ({ budget }, [value, pattern]) =>
    search(textOf(pattern, budget), textOf(value, budget), budget).matcher.find(),
  ),
]);

function isEmpty(value: Value): boolean {
  if (isList(value) || typeof value === "string") return value.length === 0;
  return isObject(value) ? Object.keys(value).length === 0 : value === null;
}

/** Python's islower and isupper: some letter has case, and none has the other. */
export function isCased(text: string, wanted: "lower" | "upper"): boolean {
  const [lower, upper] = [text.toLowerCase(), text.toUpperCase()];
  return lower !== upper && text === (wanted === "lower" ? lower : upper);
}
