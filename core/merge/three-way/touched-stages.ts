import { isJsonObject, type JsonValue } from "#core/pipeline";
import { type StageContent, samePlace } from "../content/content.ts";
import type { Merging } from "./merging.ts";

type Stages = ReadonlyMap<string, StageContent>;

/**
 * Stages that a side added or changed, and the owners of these: where they are drawn does not count. What `other` has taken
 * out of its owner is not changed in that.
 */
export function touchedBy(merging: Merging, base: Stages, side: Stages, other: Stages): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const stage of side.values()) {
    const { key, place } = stage;
    const old = base.get(key);
    if (old !== undefined && !isOtherStage(merging, old, stage)) continue;
    touched.add(key);
    if (old !== undefined && samePlace(old.place, place) && isElsewhere(other.get(key), old)) continue;
    for (let owner = place?.owner; owner !== undefined; owner = side.get(owner)?.place?.owner)
      touched.add(owner);
  }
  return touched;
}

/** Whether a stage is another one than it was, but for where it is drawn. */
export function isOtherStage(
  merging: Merging,
  old: StageContent,
  { id, place, value }: StageContent,
): boolean {
  const isSame =
    old.id === id &&
    samePlace(old.place, place) &&
    (old.value === value || merging.same(withoutPosition(old.value), withoutPosition(value)));
  return !isSame;
}

function isElsewhere(stage: StageContent | undefined, old: StageContent): boolean {
  return stage !== undefined && !samePlace(stage.place, old.place);
}

function withoutPosition(value: JsonValue): JsonValue {
  if (!isJsonObject(value) || !Object.hasOwn(value, "position")) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "position"));
}
