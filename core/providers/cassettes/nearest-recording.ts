import { diffWordsWithSpace } from "diff";
import type { Json, JsonObject } from "#core/ports";

/** Fields, and words of each, that a message shows at most. */
const MOST_SHOWN = 3;

/** Characters of a difference that a message shows. */
const MOST_CHARACTERS = 80;

/** Changed words after which a comparison word by word is given up. */
const MOST_CHANGES = 500;

/**
 * What the request has otherwise than the recorded one that is nearest to it, in a sentence's end; null where nothing
 * is recorded.
 */
export function nearestDifference(wanted: JsonObject, recorded: readonly JsonObject[]): string | null {
  let nearest: { readonly differences: readonly Difference[]; readonly distance: number } | null = null;
  for (const request of recorded) {
    const differences = [...differencesBetween(request, wanted, "")];
    const distance = differences.reduce((sum, { before, now }) => sum + distanceOf(before, now), 0);
    if (nearest === null || distance < nearest.distance) nearest = { differences, distance };
  }
  if (nearest === null) return null;
  const { differences } = nearest;
  const described = differences.slice(0, MOST_SHOWN).map(describe).join("; ");
  const more =
    differences.length > MOST_SHOWN ? `; and in ${differences.length - MOST_SHOWN} more places` : "";
  return `${described}${more}`;
}

interface Difference {
  readonly path: string;
  /** Undefined: it is not there. */
  readonly before: Json | undefined;
  readonly now: Json | undefined;
}

function* differencesBetween(
  before: Json | undefined,
  now: Json | undefined,
  path: string,
): Iterable<Difference> {
  if (Array.isArray(before) && Array.isArray(now)) {
    for (let index = 0; index < Math.max(before.length, now.length); index++)
      yield* differencesBetween(before[index], now[index], `${path}[${index}]`);
  } else if (isObject(before) && isObject(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)])) {
      const at = path === "" ? key : `${path}.${key}`;
      yield* differencesBetween(memberOf(before, key), memberOf(now, key), at);
    }
  } else if (before !== now) yield { path, before, now };
}

/** 1 for values that have nothing in common, less for texts that share words. */
function distanceOf(before: Json | undefined, now: Json | undefined): number {
  if (typeof before !== "string" || typeof now !== "string") return 1;
  const [one, other] = [wordsOf(before), wordsOf(now)];
  const shared = [...one].filter((word) => other.has(word)).length;
  return 1 - shared / Math.max(one.size, other.size, 1) || 0.001;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

function describe({ path, before, now }: Difference): string {
  if (typeof before === "string" && typeof now === "string") return `${path}: ${wordsBetween(before, now)}`;
  return `${path} was ${shown(before)} and is ${shown(now)}`;
}

function wordsBetween(before: string, now: string): string {
  const changes = diffWordsWithSpace(before, now, { maxEditLength: MOST_CHANGES });
  if (changes === undefined) return `was ${shown(before)} and is ${shown(now)}`;
  const parts: string[] = [];
  for (const { value, added, removed } of changes) {
    if (removed) parts.push(`without ${shown(value)}`);
    if (added) parts.push(`with ${shown(value)}`);
  }
  const more = parts.length > 2 * MOST_SHOWN ? " …" : "";
  return `now ${parts.slice(0, 2 * MOST_SHOWN).join(", ")}${more}`;
}

function shown(value: Json | undefined): string {
  if (value === undefined) return "not there";
  const text = JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function memberOf(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
