import { isJsonObject, type JsonValue, sameJson } from "#core/pipeline";
import type { ValueChanged } from "./change.ts";
import { topicOf } from "./topic-of.ts";

/** What is different between two values, each thing at its own path; lists are one thing each. */
export function diffValues(
  stage: string | null,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): readonly ValueChanged[] {
  const changes: ValueChanged[] = [];
  walk(changes, stage, [], before, after);
  return changes;
}

function walk(
  changes: ValueChanged[],
  stage: string | null,
  path: readonly string[],
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): void {
  if (before === after) return;
  if (isJsonObject(before) && isJsonObject(after)) {
    for (const key of Object.keys(before)) {
      const was = before[key];
      const is = Object.hasOwn(after, key) ? after[key] : undefined;
      // A path is made for what may be different: of the values of a large pipeline nearly all are the same.
      if (was !== is) walk(changes, stage, [...path, key], was, is);
    }
    for (const key of Object.keys(after))
      if (!Object.hasOwn(before, key)) walk(changes, stage, [...path, key], undefined, after[key]);
    return;
  }
  if (before !== undefined && after !== undefined && sameJson(before, after)) return;
  changes.push({ kind: "value-changed", stage, path, topic: topicOf(stage, path), before, after });
}
