import { isJsonObject, type JsonMembers } from "../json/json-object.ts";
import type { JsonValue } from "../json/node-to-json.ts";

/** The legs of a matrix in their order, or what is wrong with it. */
export type ExpandedMatrix =
  | { readonly ok: true; readonly legs: readonly JsonMembers[] }
  | { readonly ok: false; readonly message: string };

/** GitHub's limit for one workflow run. */
export const mostLegs = 256;

/** Combinations that are looked at; `exclude` may leave few of them. */
const MOST_COMBINATIONS = 65_536;

/** Combinations times entries of `exclude`: what a matrix costs while it is typed. */
const MOST_COMPARISONS = 1_000_000;

/**
 * Expands a matrix as GitHub Actions does ("Running variations of jobs in a workflow"): all combinations of its lists,
 * the first varying slowest; without those that an entry of `exclude` matches in every key that it has; and each
 * entry of `include` added to every combination of which it overwrites no original value, or else a leg of its own.
 */
export function expandMatrix(matrix: JsonValue): ExpandedMatrix {
  if (!isJsonObject(matrix)) return wrong("must be an object with a list for each of its names");
  const { include = [], exclude = [], ...axes } = matrix;
  if (!isListOfObjects(exclude)) return wrong("has an exclude that is no list of objects");
  if (!isListOfObjects(include)) return wrong("has an include that is no list of objects");
  const lists: [string, readonly JsonValue[]][] = [];
  let size = 1;
  for (const [name, values] of Object.entries(axes)) {
    if (!isList(values)) return wrong(`needs a list for "${name}"`);
    if (values.length === 0) return wrong(`has no value for "${name}"`);
    size *= values.length;
    lists.push([name, values]);
  }
  if (size > MOST_COMBINATIONS) return tooMany(size);
  const known = new Set(lists.map(([name]) => name));
  for (const entry of exclude) {
    const unknown = Object.keys(entry).find((name) => !known.has(name));
    if (unknown !== undefined) return wrong(`excludes by "${unknown}", which is none of its names`);
  }
  if (size * exclude.length > MOST_COMPARISONS)
    return wrong(
      `has ${size} combinations and ${exclude.length} entries of exclude. Take values out instead`,
    );
  const combinations = combine(lists).filter((leg) => !exclude.some((entry) => matches(entry, leg)));
  // What is included can only add to them.
  if (combinations.length > mostLegs) return tooMany(combinations.length);
  const legs = addIncluded(combinations, include, known);
  if (legs.length > mostLegs) return tooMany(legs.length);
  return legs.length === 0 ? wrong("leaves nothing to run") : { ok: true, legs };
}

function wrong(what: string): ExpandedMatrix {
  return { ok: false, message: `The matrix ${what}.` };
}

function tooMany(count: number): ExpandedMatrix {
  return wrong(`has ${count} legs, and at most ${mostLegs} can run. Take values out, or exclude some`);
}

function combine(lists: readonly (readonly [string, readonly JsonValue[]])[]): readonly JsonMembers[] {
  if (lists.length === 0) return [];
  let legs: readonly JsonMembers[] = [{}];
  for (const [name, values] of lists)
    legs = legs.flatMap((leg) =>
      values.map((value) => Object.fromEntries([...Object.entries(leg), [name, value]])),
    );
  return legs;
}

function addIncluded(
  originals: readonly JsonMembers[],
  include: readonly JsonMembers[],
  names: ReadonlySet<string>,
): readonly JsonMembers[] {
  const extended = originals.map((leg) => new Map(Object.entries(leg)));
  const own: JsonMembers[] = [];
  for (const entry of include) {
    const added = Object.entries(entry);
    const original = Object.fromEntries(added.filter(([name]) => names.has(name)));
    let found = false;
    for (const [place, leg] of originals.entries()) {
      // What another entry added may be overwritten, the original values may not.
      if (!matches(original, leg)) continue;
      found = true;
      for (const [name, value] of added) extended[place]?.set(name, value);
    }
    if (!found) own.push(entry);
  }
  return [...extended.map((leg) => Object.fromEntries(leg)), ...own];
}

/** Whether the leg has every value of the entry. */
function matches(entry: JsonMembers, leg: JsonMembers): boolean {
  return Object.entries(entry).every(
    ([name, value]) => Object.hasOwn(leg, name) && isEqual(value, leg[name] ?? null),
  );
}

function isEqual(a: JsonValue, b: JsonValue): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  return (
    one.size === other.size &&
    [...one].every(([key, value]) => other.has(key) && isEqual(value, other.get(key) ?? null))
  );
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isListOfObjects(value: JsonValue): value is readonly JsonMembers[] {
  return isList(value) && value.every(isJsonObject);
}
