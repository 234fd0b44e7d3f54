import type { Kind } from "./kinds.ts";

/**
 * What a value can be: one of the kinds, of which `list` and `object` say more where more is known. A kind that is not
 * there is certain never to come out; with no kind at all, nothing does. Plain data.
 */
export interface ValueType {
  readonly kinds: readonly Kind[];
  /** Null where nothing is known of the items. */
  readonly list: ListType | null;
  /** Null where nothing is known of the members. */
  readonly object: ObjectType | null;
  /** How many types it is made of, itself included. */
  readonly size: number;
}

/** The types of the first items by their place, and of all after these. */
export interface ListType {
  readonly places: readonly ValueType[];
  readonly rest: ValueType;
}

/** The types of members by name, and of all with other names: `neverType` where there are none. */
export interface ObjectType {
  readonly named: Readonly<Record<string, ValueType>>;
  readonly others: ValueType;
}

/** Any value: nothing is known. */
export const anyType: ValueType = plain("text", "number", "boolean", "null", "list", "object");

/** No value: what is read is not there, or fails. */
export const neverType: ValueType = plain();

export const textType: ValueType = plain("text");
export const numberType: ValueType = plain("number");
export const booleanType: ValueType = plain("boolean");
export const nullType: ValueType = plain("null");

/** A value of one of these kinds, of whose inside nothing is known. */
export function plain(...kinds: readonly Kind[]): ValueType {
  return { kinds, list: null, object: null, size: 1 };
}

/** A list of any length. */
export function listOf(item: ValueType): ValueType {
  return withList({ places: [], rest: item });
}

/** A list of which each item is known, or the first ones are and `rest` are the others. */
export function tupleOf(places: readonly ValueType[], rest: ValueType = neverType): ValueType {
  return places.length > MOST_PLACES ? listOf(unionOf([...places, rest])) : withList({ places, rest });
}

const MOST_PLACES = 16;

/** An object with these members, and others. */
export function objectWith(named: ObjectType["named"], others: ValueType): ValueType {
  const size = Object.values(named).reduce((sum, each) => sum + each.size, 1 + others.size);
  return size > MOST_TYPES
    ? plain("object")
    : { kinds: ["object"], list: null, object: { named, others }, size };
}

/** A type that is larger than this forgets what is inside, so that none takes long to join with another. */
const MOST_TYPES = 500;

function withList(list: ListType): ValueType {
  const size = list.places.reduce((sum, each) => sum + each.size, 1 + list.rest.size);
  return size > MOST_TYPES ? plain("list") : { kinds: ["list"], list, object: null, size };
}

/** What is of any of these types. */
export function unionOf(types: readonly ValueType[]): ValueType {
  return types.reduce(union, neverType);
}

function union(one: ValueType, other: ValueType): ValueType {
  if (one === other || other.kinds.length === 0) return one;
  if (one.kinds.length === 0) return other;
  const list = joined(one, other, "list", joinLists);
  const object = joined(one, other, "object", joinObjects);
  const kinds = [...new Set([...one.kinds, ...other.kinds])];
  const size = 1 + (list?.size ?? 0) + (object?.size ?? 0);
  return { kinds, list: list?.list ?? null, object: object?.object ?? null, size };
}

/** Of a kind that only one of them can be, what that one says. */
function joined(
  one: ValueType,
  other: ValueType,
  kind: "list" | "object",
  join: (one: ValueType, other: ValueType) => ValueType,
): ValueType | null {
  if (!one.kinds.includes(kind)) return other;
  return other.kinds.includes(kind) ? join(one, other) : one;
}

function joinLists({ list: one }: ValueType, { list: other }: ValueType): ValueType {
  if (one === null || other === null) return plain("list");
  if (one === other) return withList(one);
  const longest = one.places.length > other.places.length ? one : other;
  const places = longest.places.map((_, place) => union(placeOf(one, place), placeOf(other, place)));
  return withList({ places, rest: union(one.rest, other.rest) });
}

function joinObjects({ object: one }: ValueType, { object: other }: ValueType): ValueType {
  if (one === null || other === null) return plain("object");
  if (one === other) return objectWith(one.named, one.others);
  const names = new Set([...Object.keys(one.named), ...Object.keys(other.named)]);
  const named = Array.from(names, (name) => [name, union(namedIn(one, name), namedIn(other, name))] as const);
  return objectWith(Object.fromEntries(named), union(one.others, other.others));
}

function placeOf(list: ListType, place: number): ValueType {
  return list.places[place] ?? list.rest;
}

function namedIn({ named, others }: ObjectType, name: string): ValueType {
  return (Object.hasOwn(named, name) ? named[name] : undefined) ?? others;
}

/** The same without one kind. */
export function without(type: ValueType, kind: Kind): ValueType {
  return type.kinds.includes(kind) ? { ...type, kinds: type.kinds.filter((each) => each !== kind) } : type;
}

/** The same with one kind alone; nothing where it is not of that kind. */
export function only(type: ValueType, kind: Kind): ValueType {
  if (!type.kinds.includes(kind)) return neverType;
  const { list, object } = type;
  return {
    ...type,
    kinds: [kind],
    list: kind === "list" ? list : null,
    object: kind === "object" ? object : null,
  };
}

/** What a list has at a place, which may count from the end; null for any place. */
export function atPlaceOf({ kinds, list }: ValueType, place: number | null): ValueType {
  if (!kinds.includes("list")) return neverType;
  if (list === null) return anyType;
  return place !== null && place >= 0 ? placeOf(list, place) : unionOf([...list.places, list.rest]);
}

/** The member of an object with a name; null for any name. */
export function memberOf({ kinds, object }: ValueType, name: string | null): ValueType {
  if (!kinds.includes("object")) return neverType;
  if (object === null) return anyType;
  return name === null ? unionOf([...Object.values(object.named), object.others]) : namedIn(object, name);
}

/** What is met in going through a value: items of a list, characters, keys of an object. */
export function itemOf(type: ValueType): ValueType {
  const isWritten = type.kinds.includes("text") || type.kinds.includes("object");
  return unionOf([atPlaceOf(type, null), isWritten ? textType : neverType]);
}

/** What `value.key` and `value[key]` give where there is such a thing; null for a key that is computed. */
export function stepInto(type: ValueType, key: string | number | null): ValueType {
  const { kinds } = type;
  const inText = kinds.includes("text") ? textType : neverType;
  if (key === null) return unionOf([atPlaceOf(type, null), memberOf(type, null), inText, countedIn(type)]);
  if (typeof key === "number") return unionOf([atPlaceOf(type, key), memberOf(type, String(key)), inText]);
  return unionOf([memberOf(type, key), key === "length" ? countedIn(type) : neverType]);
}

function countedIn({ kinds }: ValueType): ValueType {
  return kinds.includes("text") || kinds.includes("list") ? numberType : neverType;
}
