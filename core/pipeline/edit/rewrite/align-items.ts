import { diffArrays } from "diff";
import { isJsonObject } from "../../json/json-object.ts";
import type { JsonValue } from "../../json/node-to-json.ts";

/**
 * Which item of a list becomes which of another: for each wanted one the index of the item that is rewritten to it, or
 * null where it is new. Items with ids are the same where their ids are; others where they say the same, and what is
 * left between two of those pairs up in order.
 */
export function alignItems(
  items: readonly JsonValue[],
  wanted: readonly JsonValue[],
): readonly (number | null)[] {
  const byId = idsOf(items);
  const wantedIds = idsOf(wanted);
  if (byId !== null && wantedIds !== null) return [...wantedIds.keys()].map((id) => byId.get(id) ?? null);
  return alignByContent(items.map(spelt), wanted.map(spelt));
}

/** Ids to indexes; null unless every item is an object with an id of its own. */
function idsOf(items: readonly JsonValue[]): ReadonlyMap<string, number> | null {
  const ids = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const id = isJsonObject(item) && Object.hasOwn(item, "id") ? item["id"] : undefined;
    if (typeof id !== "string" || ids.has(id)) return null;
    ids.set(id, index);
  }
  return ids;
}

function alignByContent(items: readonly string[], wanted: readonly string[]): readonly (number | null)[] {
  const aligned: (number | null)[] = [];
  let from = 0;
  let removed: number[] = [];
  for (const { added, removed: isRemoved, count } of diffArrays([...items], [...wanted])) {
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
