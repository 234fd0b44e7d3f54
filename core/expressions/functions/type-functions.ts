import { type Budget, takeSize, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { isList, isObject, isTrue, toJson } from "../evaluate/values.ts";
import { TYPE_NAMES } from "../syntax/type-names.ts";
import type { Value } from "../value.ts";
import { finite, integerOf, isGiven, textOf } from "./arguments.ts";
import { define, type FunctionDefinition } from "./definition.ts";

export const typeFunctions: readonly FunctionDefinition[] = [
  define("type(value)", (_, [value]) => typeName(value ?? null)),
  define("isinstance(value, type)", (_, [value, type]) => isInstance(value ?? null, type ?? null)),
  define(
    "default(value, fallback?, falsy?)",
    (_, [value, fallback, falsy]) => {
      const replaced = isTrue(falsy ?? null) ? !isTrue(value ?? null) : !isGiven(value);
      return replaced ? (fallback ?? "") : (value ?? null);
    },
    "d",
  ),
  define(
    "now()",
    ({ now }) => now ?? fail("value", "has no value here: this is evaluated outside of a run."),
  ),
  define("tojson(value, indent?)", ({ budget }, [value, indent]) =>
    toJson(value ?? null, budget, isGiven(indent) ? Math.max(0, Math.min(integerOf(indent), 10)) : undefined),
  ),
  define("fromjson(text)", ({ budget }, [text]) => readJson(textOf(text, budget), budget)),
];

/** Python's name of a value's type. A whole number is an int, since JSON does not tell 1 from 1.0. */
export function typeName(value: Value): string {
  if (value === null) return "NoneType";
  if (isList(value)) return "list";
  if (isObject(value)) return "dict";
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  return Number.isInteger(value) ? "int" : "float";
}

/** As in Python, a bool is an int; and a whole number is a float too, since in JSON 1.0 is 1. */
function isInstance(value: Value, type: Value): boolean {
  if (isList(type)) return type.some((each) => isInstance(value, each));
  const name = typeof type === "string" ? TYPE_NAMES.get(type) : undefined;
  if (name === undefined)
    return fail("value", `knows the types ${Array.from(TYPE_NAMES.keys()).join(", ")}.`);
  const actual = typeName(value);
  return actual === name || (name === "int" && actual === "bool") || (name === "float" && actual === "int");
}

function readJson(text: string, budget: Budget): Value {
  takeSize(budget, text.length);
  let value: Value;
  try {
    // JSON.parse gives nothing but JSON values, which is what Value is.
    value = JSON.parse(text) as Value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail("value", `cannot read the text as JSON: ${error.message}.`);
  }
  const open: Value[] = [value];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    takeSteps(budget, 1);
    // JSON may write numbers that are too large; what JSON.parse makes of them cannot be written again.
    if (typeof each === "number") finite(each);
    else if (typeof each === "object" && each !== null)
      for (const inside of Object.values(each)) open.push(inside);
  }
  return value;
}
