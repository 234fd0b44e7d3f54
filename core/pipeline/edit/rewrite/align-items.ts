import { diffArrays } from "diff";
import { isJsonObject } from "../../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../../json/node-to-json.ts";
import type { JsonNode } from "../../json-node.ts";
import { fieldNamed } from "../../stage/field-reader.ts";

/**
 * Which item of a list becomes which of another: for each wanted one the index of the item that is rewritten to it, or
 * null where it is new. Items with ids are the same where their ids are; others where they say the same, and what is
 * left between two of those pairs up in order.
 */
export function alignItems(
  items: readonly JsonNode[],
  wanted: readonly JsonValue[],
): readonly (number | null)[] {
  const byId = placesOfIds(items.map(writtenId));
  const wantedIds = placesOfIds(wanted.map(idOf));
  if (byId !== null && wantedIds !== null) return [...wantedIds.keys()].map((id) => byId.get(id) ?? null);
  return alignByContent(
    items.map((item) => spelt(nodeToJson(item))),
    wanted.map(spelt),
  );
}

/** Ids to indexes; null unless every item has an id of its own. */
function placesOfIds(ids: readonly (string | undefined)[]): ReadonlyMap<string, number> | null {
  const places = new Map<string, number>();
  for (const [index, id] of ids.entries()) {
    if (id === undefined || places.has(id)) return null;
    places.set(id, index);
  }
  return places;
}

function idOf(item: JsonValue): string | undefined {
  const id = isJsonObject(item) && Object.hasOwn(item, "id") ? item["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}

/** The same of an item as it is written, without making its value of it: a list of stages may be the whole file. */
function writtenId(item: JsonNode): string | undefined {
  const id = item.kind === "object" ? fieldNamed(item.properties, "id")?.value : undefined;
  return id?.kind === "string" ? id.value : undefined;
}

/** With more changes than this it takes long to tell which item is which, and they pair up in order. */
const MOST_EDITS = 2_000;

function alignByContent(items: readonly string[], wanted: readonly string[]): readonly (number | null)[] {
  const parts = diffArrays([...items], [...wanted], { maxEditLength: MOST_EDITS });
  if (parts === undefined) return wanted.map((_, index) => (index < items.length ? index : null));
  const aligned: (number | null)[] = [];
  let from = 0;
  let removed: number[] = [];
  for (const { added, removed: isRemoved, count } of parts) {
    if (isRemoved) {
      for (let step = 0; step < count; step += 1) removed.push(from + step);
      from += count;
    } else if (added) {
      for (let step = 0; step < count; step += 1) aligned.push(removed.shift() ?? null);
    } else {
      removed = [];
      for (let step = 0; step < count; step += 1) aligned.push(from + step);
      from += count;
    }
  }
  return aligned;
}

function spelt(value: JsonValue): string {
  return JSON.stringify(value);
}
