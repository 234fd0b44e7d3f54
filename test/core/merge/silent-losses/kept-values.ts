import type { StageAdded, ValueChanged } from "#core/merge";
import { isJsonObject, type JsonValue, sameJson } from "#core/pipeline";
import type { Seen, Stages } from "./seen-merge.ts";
import { isStageToldOf, isToldOf } from "./told-stages.ts";

/** An object that was added as each of what is in it: the other side may have added to it. */
export function leavesOf(change: ValueChanged): readonly ValueChanged[] {
  const { path, before, after } = change;
  if (before !== undefined || !isJsonObject(after)) return [change];
  return Object.entries(after).flatMap(([key, value]) =>
    leavesOf({ ...change, path: [...path, key], after: value }),
  );
}

export function isKept(seen: Seen, leaf: ValueChanged, found: readonly StageAdded[]): boolean {
  const { stage, path, topic } = leaf;
  const named = path.map((step, index) =>
    stage === null && path[0] === "layout" && index === 1 ? (seen.names.get(step) ?? step) : step,
  );
  if (stage === null && topic === "layout") {
    // A stage that is gone takes its line with it.
    const isThere = [...seen.result.values()].some(({ id }) => id === (named[1] ?? ""));
    if (path.length > 1 && !isThere) return true;
    // One that is left without its stage makes room for that of the stage that has its id now.
    const hasStage = (stages: Stages): boolean => [...stages.values()].some(({ id }) => id === path[1]);
    if (path.length > 1 && !hasStage(seen.side) && hasStage(seen.other)) return true;
  }
  if (stage !== null && found.length === 0) {
    // The other side removed it with what is in it, and says so; else it is lost.
    return isStageToldOf(seen, stage);
  }
  const tops = stage === null ? [seen.fields] : found.map(({ value }) => value);
  const wanted = followed(seen, leaf.after);
  if (
    tops.some((top) => sameOrNone(valueAt(top, named), wanted) || sameOrNone(valueAt(top, named), leaf.after))
  )
    return true;
  if (tops.some((top) => sameOrNone(withoutTold(seen, valueAt(top, named), wanted), wanted))) return true;
  return isToldOf(seen, stage, path) || isToldOf(seen, stage, named);
}

/** A list, or one name, without the stages that are there though the side removed them, of which a decision tells. */
function withoutTold(
  seen: Seen,
  now: JsonValue | undefined,
  wanted: JsonValue | undefined,
): JsonValue | undefined {
  const isTold = (item: JsonValue): boolean =>
    typeof item === "string" &&
    isStageToldOf(seen, item) &&
    !JSON.stringify(wanted ?? null).includes(JSON.stringify(item));
  if (typeof now === "string") return isTold(now) ? undefined : now;
  if (!Array.isArray(now)) return now;
  const left = now.filter((item: JsonValue) => !isTold(item));
  return left.length === 0 && wanted === undefined ? undefined : left;
}

function sameOrNone(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && sameJson(one, other));
}

export function valueAt(top: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = top;
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** A value whose stages have the names that they have in the result. */
function followed({ names }: Seen, value: JsonValue | undefined): JsonValue | undefined {
  if (names.size === 0 || value === undefined) return value;
  // All at once: one stage may have the name now that another had.
  const text = JSON.stringify(value).replaceAll(
    /(")([\w-]+)(?=")|(\{\{upstream\.)([\w-]+)(?=\.)|(\{\{)([\w-]+)(?=\.output)/g,
    (whole: string, ...parts: readonly (string | undefined)[]) => {
      const [start = "", id = ""] = parts.slice(0, 6).filter((part) => part !== undefined);
      const name = names.get(id);
      return name === undefined ? whole : `${start}${name}`;
    },
  );
  return JSON.parse(text) as JsonValue;
}
