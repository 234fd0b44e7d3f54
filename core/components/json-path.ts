import { isJsonObject } from "#core/pipeline";
import type { Json } from "#core/ports";

/** What a path leads to, if anything. */
export type PathResult = { readonly found: true; readonly value: Json } | { readonly found: false };

/**
 * Follows a path such as `user.emails[0].address`, `$.id`, `items[-1]` or `names["first name"]`; `$` alone is the
 * whole. A name that is a whole number also counts in a list. Undefined when the text is no path.
 */
export function followPath(value: Json, path: string): PathResult | undefined {
  const steps = parsePath(path);
  if (steps === undefined) return undefined;
  let current: Json = value;
  for (const step of steps) {
    const next = take(current, step);
    if (next === undefined) return { found: false };
    current = next;
  }
  return { found: true, value: current };
}

const stepPattern = /\.?([^.[\]]+)|\[(-?\d+)\]|\["([^"]*)"\]|\['([^']*)'\]/y;

function parsePath(path: string): readonly string[] | undefined {
  const text = path.trim().replace(/^\$\.?/, "");
  const steps: string[] = [];
  for (let at = 0; at < text.length; ) {
    stepPattern.lastIndex = at;
    const match = stepPattern.exec(text);
    if (match === null) return undefined;
    steps.push((match[1] ?? match[2] ?? match[3] ?? match[4] ?? "").trim());
    at = stepPattern.lastIndex;
  }
  return steps;
}

function take(value: Json, step: string): Json | undefined {
  if (isJsonObject(value)) return Object.hasOwn(value, step) ? value[step] : undefined;
  if (!Array.isArray(value) || !/^-?\d+$/.test(step)) return undefined;
  return value.at(Number(step));
}
