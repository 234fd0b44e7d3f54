import { isJsonObject } from "#core/pipeline";
import type { Json } from "#core/ports";
import { EditFault } from "./edit-fault.ts";

/** `whole` with `value` at a path: members that are not there are added, items of lists have to be. Throws {@link EditFault}. */
export function putAt(whole: Json, path: readonly string[], value: Json, written: string): Json {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(whole)) {
    const index = /^\d+$/.test(name) ? Number(name) : Number.NaN;
    if (!(index < whole.length))
      throw new EditFault(
        "path",
        written,
        `the list has ${whole.length} items, and ${name} is none of them.`,
      );
    return whole.map((item: Json, at) => (at === index ? putAt(item, rest, value, written) : item));
  }
  if (!isJsonObject(whole) && whole !== null)
    throw new EditFault("path", written, `"${name}" cannot be set in what is no object.`);
  const members = new Map(Object.entries(whole ?? {}));
  members.set(name, putAt(members.get(name) ?? null, rest, value, written));
  // From entries, so that `__proto__` is a name like any other.
  return Object.fromEntries(members);
}
