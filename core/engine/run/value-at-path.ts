import { nearest } from "#core/expressions";
import type { Json } from "#core/ports";

/** A value with another one somewhere in it, or why there is no such place. */
export type Replaced =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly reason: string };

/** A copy of `whole` with `value` at the path, which has to be there already, but for the last key of an object. */
export function withValueAt(whole: Json, path: readonly (string | number)[], value: Json): Replaced {
  const [step, ...rest] = path;
  if (step === undefined) return { ok: true, value };
  if (isList(whole)) {
    const index = Number(step);
    if (!Number.isInteger(index) || index < 0 || index >= whole.length)
      return { ok: false, reason: `there is no [${step}]: the list has ${whole.length} items` };
    const inner = withValueAt(whole[index] ?? null, rest, value);
    return inner.ok ? { ok: true, value: whole.with(index, inner.value) } : inner;
  }
  if (whole === null || typeof whole !== "object")
    return { ok: false, reason: `there is no "${step}" in ${whole === null ? "null" : `a ${typeof whole}`}` };
  const key = String(step);
  if (!Object.hasOwn(whole, key) && rest.length > 0) {
    const other = nearest(key, Object.keys(whole));
    const hint = other === undefined || other === null ? "" : `; did you mean "${other}"?`;
    return { ok: false, reason: `there is no "${key}"${hint}` };
  }
  const inner = withValueAt(Object.hasOwn(whole, key) ? (whole[key] ?? null) : null, rest, value);
  if (!inner.ok) return inner;
  // By entries, for a key may be __proto__.
  const entries = new Map(Object.entries(whole));
  return { ok: true, value: Object.fromEntries(entries.set(key, inner.value)) };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
