import type { Json } from "#core/ports";

/** Where two values differ. `before` or `after` is undefined where there is nothing. */
export interface ValueChange {
  /** `[0].name`; empty for the value itself. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

/** How far a comparison goes. */
export interface ComparisonRules {
  /** How many places are told. */
  readonly most: number;
  /** Whether two texts that are not the same count as the same all the same. */
  isSameText(before: string, after: string): boolean;
}

/** Where `after` differs from `before`. The order of an object's keys is no difference. */
export function valueChanges(
  before: Json | undefined,
  after: Json | undefined,
  { most, isSameText }: ComparisonRules,
): readonly ValueChange[] {
  const changes: ValueChange[] = [];
  const compare = (a: Json | undefined, b: Json | undefined, path: string): void => {
    if (a === b || changes.length >= most) return;
    if (typeof a === "string" && typeof b === "string" && isSameText(a, b)) return;
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let index = 0; index < Math.max(a.length, b.length); index++)
        compare(a[index], b[index], `${path}[${index}]`);
      return;
    }
    if (isObject(a) && isObject(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        compare(member(a, key), member(b, key), `${path}${step(key, path)}`);
      return;
    }
    changes.push({ path, before: a, after: b });
  };
  compare(before, after, "");
  return changes;
}

type JsonObject = { readonly [key: string]: Json };

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function member(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function step(key: string, path: string): string {
  if (!/^[A-Za-z_]\w*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return path === "" ? key : `.${key}`;
}
