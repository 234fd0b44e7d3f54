import { ARM_KEYS, isJsonObject, type JsonValue } from "#core/pipeline";
import { type Chunk, chunksOf, sameStretch } from "./chunks.ts";
import { mergeOrder } from "./merge-order.ts";
import type { At, Three } from "./merging.ts";

type List = readonly JsonValue[];

/** Merges a value below the list. */
export type MergeItem = (at: At, three: Three<JsonValue | undefined>) => JsonValue | undefined;

/**
 * Merges a list that both sides changed: of what has ids, or is a set, item by item; else by what the items say. Null
 * where both changed the same stretch.
 */
export function mergeList(at: At, three: Three<List>, mergeItem: MergeItem): List | null {
  if (isSet(at)) {
    const keyed = keysOfAll(three, setKey);
    if (keyed !== null) return mergeKeyed(at, keyed, mergeItem);
  }
  const keyed = keysOfAll(three, idKey);
  if (keyed !== null) return mergeKeyed(at, keyed, mergeItem);
  return mergeSequence(at, three, mergeItem);
}

/** Lists in which the order says nothing, and an item is there or not. */
const SETS = new Set(["depends_on", "tags", "required", "use_cases"]);

function isSet({ path }: At): boolean {
  const last = path.at(-1) ?? "";
  return SETS.has(last) || ARM_KEYS.has(last) || path.some((key) => key === "routes" || key === "branches");
}

function setKey(item: JsonValue): string | null {
  return typeof item === "string" ? item : null;
}

function idKey(item: JsonValue): string | null {
  const id = isJsonObject(item) && Object.hasOwn(item, "id") ? item["id"] : undefined;
  return typeof id === "string" ? id : null;
}

type Keyed = ReadonlyMap<string, JsonValue>;

function keysOfAll(
  { base, ours, theirs }: Three<List>,
  keyOf: (item: JsonValue) => string | null,
): Three<Keyed> | null {
  const keyed = (list: List): Keyed | null => {
    const items = new Map<string, JsonValue>();
    for (const item of list) {
      const key = keyOf(item);
      if (key === null || items.has(key)) return null;
      items.set(key, item);
    }
    return items;
  };
  const [b, o, t] = [keyed(base), keyed(ours), keyed(theirs)];
  return b === null || o === null || t === null ? null : { base: b, ours: o, theirs: t };
}

function mergeKeyed(at: At, three: Three<Keyed>, mergeItem: MergeItem): List {
  const keys = new Set([...three.base.keys(), ...three.ours.keys(), ...three.theirs.keys()]);
  const items = new Map<string, JsonValue>();
  for (const key of keys) {
    const own = { base: three.base.get(key), ours: three.ours.get(key), theirs: three.theirs.get(key) };
    const item = mergeItem({ ...at, path: [...at.path, key] }, own);
    if (item !== undefined) items.set(key, item);
  }
  const order = mergeOrder(
    { base: [...three.base.keys()], ours: [...three.ours.keys()], theirs: [...three.theirs.keys()] },
    new Set(items.keys()),
  );
  return order.keys.flatMap((key) => {
    const item = items.get(key);
    return item === undefined ? [] : [item];
  });
}

function mergeSequence(at: At, { base, ours, theirs }: Three<List>, mergeItem: MergeItem): List | null {
  const [b, o, t] = [base.map(spelt), ours.map(spelt), theirs.map(spelt)];
  const merged: JsonValue[] = [];
  for (const chunk of chunksOf(b, o, t)) {
    const own = ours.slice(...chunk.ours);
    const other = theirs.slice(...chunk.theirs);
    if (chunk.kind === "same" || sameStretch(o, chunk.ours, t, chunk.theirs)) merged.push(...own);
    else if (sameStretch(b, chunk.base, o, chunk.ours)) merged.push(...other);
    else if (sameStretch(b, chunk.base, t, chunk.theirs)) merged.push(...own);
    else if (isEmpty(chunk.base)) merged.push(...bothAdded(own, other));
    else {
      const pairs = pairedItems(chunk, { base, ours, theirs });
      if (pairs === null) return null;
      pairs.forEach((pair, index) => {
        const item = mergeItem({ ...at, path: [...at.path, String(chunk.base[0] + index)] }, pair);
        if (item !== undefined) merged.push(item);
      });
    }
  }
  return merged;
}

function isEmpty([start, end]: Chunk["base"]): boolean {
  return start === end;
}

/** What both added at one place, in an order that depends on no side; once where one added all that the other did. */
function bothAdded(ours: List, theirs: List): List {
  if (isWithin(ours.map(spelt), theirs.map(spelt))) return theirs;
  if (isWithin(theirs.map(spelt), ours.map(spelt))) return ours;
  return spelt(ours[0] ?? null) <= spelt(theirs[0] ?? null) ? [...ours, ...theirs] : [...theirs, ...ours];
}

function isWithin(part: readonly string[], whole: readonly string[]): boolean {
  return whole.some((_, start) => part.every((item, index) => whole[start + index] === item));
}

/** Objects that both sides changed, one for one. Of plain values nobody knows which became which. */
function pairedItems(chunk: Chunk, { base, ours, theirs }: Three<List>): readonly Three<JsonValue>[] | null {
  const [b, o, t] = [base.slice(...chunk.base), ours.slice(...chunk.ours), theirs.slice(...chunk.theirs)];
  if (b.length !== o.length || b.length !== t.length) return null;
  const pairs = b.map((item, index) => ({ base: item, ours: o[index] ?? null, theirs: t[index] ?? null }));
  return pairs.every((pair) => [pair.base, pair.ours, pair.theirs].every(isJsonObject)) ? pairs : null;
}

function spelt(value: JsonValue): string {
  return JSON.stringify(value);
}
