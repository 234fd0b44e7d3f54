import { functionTable } from "../functions/function-table.ts";
import type { GivenTypes } from "./given-types.ts";
import {
  anyType,
  atPlaceOf,
  booleanType,
  itemOf,
  listOf,
  memberOf,
  neverType,
  nullType,
  numberType,
  objectWith,
  only,
  plain,
  textType,
  tupleOf,
  unionOf,
  type ValueType,
  without,
} from "./value-type.ts";

/** What a function gives where it does not fail; any value where that cannot be told. */
export function functionType(name: string, given: GivenTypes): ValueType {
  const canonical = functionTable.get(name)?.signature.name ?? name;
  const type = always.get(canonical) ?? depending.get(canonical)?.(given) ?? anyType;
  return type.kinds.length === 0 ? anyType : type;
}

/** Functions whose result is of one type whatever they are given (docs/expressions.md). */
const always: ReadonlyMap<string, ValueType> = new Map([
  ...named(numberType, ["len", "abs", "round", "floor", "ceil", "sum", "wordcount"]),
  ...named(booleanType, ["bool", "isinstance", "any", "all", "matches"]),
  ...named(textType, ["str", "upper", "lower", "title", "capitalize", "tojson", "type", "now", "trim"]),
  ...named(textType, ["replace", "join", "truncate", "wordwrap", "indent", "center", "format"]),
  ...named(textType, ["urlencode", "escape", "striptags", "quote", "filesizeformat", "regex_replace"]),
  ...named(unionOf([textType, nullType]), ["regex_search"]),
  ...named(listOf(textType), ["keys", "split", "regex_split"]),
  ...named(listOf(unionOf([textType, nullType])), ["regex_findall"]),
  ...named(listOf(numberType), ["range"]),
]);

/** Functions whose result depends on what they are given. */
const depending: ReadonlyMap<string, (given: GivenTypes) => ValueType> = new Map([
  ...named(
    (given: GivenTypes) => unionOf([numberType, given.type(1, "default") ?? neverType]),
    ["int", "float"],
  ),
  ...named((given: GivenTypes) => itemOf(first(given)), ["first", "last"]),
  ...named((given: GivenTypes) => listOf(itemOf(first(given))), ["list", "set", "unique", "sorted", "sort"]),
  ...named(
    (given: GivenTypes) => listOf(itemOf(first(given))),
    ["select", "reject", "selectattr", "rejectattr"],
  ),
  ...named(
    (given: GivenTypes) =>
      listOf(listOf(unionOf([itemOf(first(given)), given.type(2, "fill_with") ?? neverType]))),
    ["batch", "slice"],
  ),
  ...named(extremeType, ["min", "max"]),
  ["reversed", reversedType],
  ["enumerate", (given) => listOf(tupleOf([numberType, itemOf(first(given))]))],
  ["zip", ({ positional }) => listOf(tupleOf(positional.map(itemOf)))],
  ["map", mapType],
  ["attr", attributeType],
  ["values", (given) => listOf(memberOf(first(given), null))],
  ...named(
    (given: GivenTypes) => listOf(tupleOf([textType, memberOf(first(given), null)])),
    ["items", "dictsort"],
  ),
  [
    "groupby",
    (given) => listOf(objectWith({ grouper: anyType, list: listOf(itemOf(first(given))) }, neverType)),
  ],
  ["dict", dictionaryType],
  ["default", (given) => unionOf([without(first(given), "null"), given.type(1, "fallback") ?? textType])],
]);

function named<Result>(result: Result, names: readonly string[]): (readonly [string, Result])[] {
  return names.map((name) => [name, result] as const);
}

/** What a call is about: each signature begins with it, under one of a few names. */
function first(given: GivenTypes): ValueType {
  const names = ["list", "value", "object"];
  return names.map((name) => given.type(0, name)).find((type) => type !== undefined) ?? anyType;
}

/** One value is gone through; several are compared. */
function extremeType(given: GivenTypes): ValueType {
  const [one, ...more] = given.positional;
  const from = one !== undefined && more.length === 0 ? itemOf(one) : unionOf(given.positional);
  return unionOf([from, given.type(Number.POSITIVE_INFINITY, "default") ?? neverType]);
}

function reversedType(given: GivenTypes): ValueType {
  const value = first(given);
  const isListed = value.kinds.includes("list") || value.kinds.includes("object");
  return unionOf([
    value.kinds.includes("text") ? textType : neverType,
    isListed ? listOf(itemOf(without(value, "text"))) : neverType,
  ]);
}

/** `map("upper")` calls a function with each item; `map(attribute="name")` takes an attribute of each. */
function mapType(given: GivenTypes): ValueType {
  const item = itemOf(first(given));
  const name = given.writtenText(1, "function");
  const attribute = given.writtenText(Number.POSITIVE_INFINITY, "attribute");
  if (attribute === undefined && given.type(Number.POSITIVE_INFINITY, "attribute") !== undefined)
    return plain("list");
  if (attribute !== undefined)
    return listOf(
      unionOf([attributeIn(item, attribute), given.type(Number.POSITIVE_INFINITY, "default") ?? neverType]),
    );
  if (name === undefined) return plain("list");
  const values = given.positional.slice(2);
  return listOf(
    functionType(name, {
      type: (position) => [item, ...values][position],
      writtenText: () => undefined,
      positional: [item, ...values],
    }),
  );
}

function attributeType(given: GivenTypes): ValueType {
  const name = given.writtenText(1, "name");
  return name === undefined ? anyType : attributeIn(first(given), name);
}

/** A path such as `address.city`; a member may be called that too, so only a plain name says something. */
function attributeIn(item: ValueType, attribute: string): ValueType {
  return /^[A-Za-z_]+$/.test(attribute) ? memberOf(item, attribute) : anyType;
}

function dictionaryType(given: GivenTypes): ValueType {
  const value = given.type(0, "value");
  if (value === undefined) return objectWith({}, neverType);
  const pairs = atPlaceOf(value, null);
  const fromPairs = value.kinds.includes("list") ? objectWith({}, atPlaceOf(pairs, 1)) : neverType;
  return unionOf([
    fromPairs,
    only(value, "object"),
    value.kinds.includes("text") ? plain("object") : neverType,
  ]);
}
