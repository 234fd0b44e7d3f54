import { methodsNamed } from "../methods/method-tables.ts";
import type { GivenTypes } from "./given-types.ts";
import {
  anyType,
  booleanType,
  listOf,
  memberOf,
  nullType,
  numberType,
  only,
  textType,
  tupleOf,
  unionOf,
  type ValueType,
} from "./value-type.ts";

/** What a method of a value gives where it does not fail. A name means the same on whatever kinds have it. */
export function methodType(name: string, receiver: ValueType, given: GivenTypes): ValueType {
  const canonical = always.get(name) ?? always.get(methodsNamed(name)[0]?.signature.name ?? name);
  const type = canonical ?? depending.get(name)?.(receiver, given) ?? anyType;
  return type.kinds.length === 0 ? anyType : type;
}

const always: ReadonlyMap<string, ValueType> = new Map([
  ...named(textType, ["upper", "lower", "capitalize", "title", "swapcase", "strip", "lstrip", "rstrip"]),
  ...named(textType, ["replace", "replaceAll", "removeprefix", "removesuffix", "isoformat", "strftime"]),
  ...named(textType, ["zfill", "ljust", "rjust", "center", "format", "join"]),
  ...named(booleanType, ["isdigit", "isnumeric", "isalpha", "isalnum", "isspace", "islower", "isupper"]),
  ...named(booleanType, ["startswith", "endswith", "includes"]),
  ...named(numberType, ["find", "index", "indexOf", "count"]),
  ...named(listOf(textType), ["split", "rsplit", "splitlines", "partition", "keys"]),
]);

const depending: ReadonlyMap<string, (receiver: ValueType, given: GivenTypes) => ValueType> = new Map([
  ["get", memberType],
  ["values", (receiver) => listOf(memberOf(receiver, null))],
  ["items", (receiver) => listOf(tupleOf([textType, memberOf(receiver, null)]))],
  ["copy", (receiver) => unionOf([only(receiver, "list"), only(receiver, "object")])],
]);

function named(type: ValueType, names: readonly string[]): (readonly [string, ValueType])[] {
  return names.map((name) => [name, type] as const);
}

/** A member that is not there is the default, or null. */
function memberType(receiver: ValueType, given: GivenTypes): ValueType {
  const key = given.writtenText(0, "key");
  return unionOf([memberOf(receiver, key ?? null), given.type(1, "default") ?? nullType]);
}
