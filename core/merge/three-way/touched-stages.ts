import { isJsonObject, type JsonValue } from "#core/pipeline";
import { type StageContent, samePlace } from "../content/content.ts";
import type { Merging } from "./merging.ts";

type Stages = ReadonlyMap<string, StageContent>;

/** Stages that a side added or changed, and the owners of these: where they are drawn does not count. */
export function touchedBy(merging: Merging, base: Stages, side: Stages): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const { key, id, place, value } of side.values()) {
    const old = base.get(key);
    const isSame =
      old !== undefined &&
      old.id === id &&
      samePlace(old.place, place) &&
      (old.value === value || merging.same(withoutPosition(old.value), withoutPosition(value)));
    if (isSame) continue;
    touched.add(key);
    for (let owner = place?.owner; owner !== undefined; owner = side.get(owner)?.place?.owner)
      touched.add(owner);
  }
  return touched;
}

function withoutPosition(value: JsonValue): JsonValue {
  if (!isJsonObject(value) || !Object.hasOwn(value, "position")) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "position"));
}
