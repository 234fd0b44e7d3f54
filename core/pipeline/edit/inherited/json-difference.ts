import { isJsonObject } from "../../json/json-object.ts";
import type { JsonValue } from "../../json/node-to-json.ts";
import { sameJson } from "../same-json.ts";

/** A value that is there now, or is no longer there. */
export type ValueChange =
  | { readonly kind: "set"; readonly path: readonly string[]; readonly value: JsonValue }
  | { readonly kind: "unset"; readonly path: readonly string[] };

/** What has to be set and taken away to make one value of another: within objects key by key, all else as a whole. */
export function jsonDifference(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: readonly string[] = [],
): readonly ValueChange[] {
  if (after === undefined) return before === undefined ? [] : [{ kind: "unset", path }];
  if (before !== undefined && sameJson(before, after)) return [];
  if (!isJsonObject(before) || !isJsonObject(after)) return [{ kind: "set", path, value: after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => jsonDifference(own(before, key), own(after, key), [...path, key]));
}

/** The value of a key, whatever it is called. */
export function own(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
