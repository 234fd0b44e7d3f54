import { DEPTH_LIMIT, isJsonObject, type JsonMembers, type JsonValue } from "#core/pipeline";
import { isList } from "./read-content.ts";

/**
 * What a text that is plain JSON says, where that is an object: the platform reads it many times faster than we do. Null
 * also for one that is nested deeper than our own reader follows, which says so; `levels` has how deep it may be.
 */
export function strictJson(text: string, levels = DEPTH_LIMIT): JsonMembers | null {
  try {
    const value: JsonValue = JSON.parse(text);
    return isJsonObject(value) && isWithin(value, levels) ? value : null;
  } catch {
    return null;
  }
}

/** Whether a value has no more levels than this. */
function isWithin(value: JsonMembers | readonly JsonValue[], levels: number): boolean {
  if (levels === 0) return false;
  if (isList(value)) {
    for (const item of value)
      if (typeof item === "object" && item !== null && !isWithin(item, levels - 1)) return false;
    return true;
  }
  for (const key in value) {
    const member = value[key];
    if (typeof member === "object" && member !== null && !isWithin(member, levels - 1)) return false;
  }
  return true;
}
