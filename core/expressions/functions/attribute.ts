import { hintFor } from "../evaluate/explain-path.ts";
import { fail } from "../evaluate/fault.ts";
import { describe, isList, isObject, ownMember } from "../evaluate/values.ts";
import type { Value } from "../value.ts";

const INDEX = /^-?\d+$/;

/** The value at a path such as `address.city` or `0.name` inside an item. Fails where it leads to nothing. */
export function attributeOf(item: Value, attribute: Value): Value {
  const found = findAttribute(item, attribute);
  if (found !== undefined) return found;
  const name = typeof attribute === "string" ? attribute : JSON.stringify(attribute);
  return fail("missing", () => {
    const hint = isObject(item) ? hintFor(name, Object.keys(item)) : "";
    return `finds no "${name}" in ${describe(item)}.${hint}`;
  });
}

/** The same; undefined where it leads to nothing. */
export function findAttribute(item: Value, attribute: Value): Value | undefined {
  if (typeof attribute === "number") return memberAt(item, attribute);
  if (typeof attribute !== "string")
    return fail("type", `needs the name of an attribute, not ${describe(attribute)}.`);
  if (isObject(item) && Object.hasOwn(item, attribute)) return item[attribute];
  let current: Value | undefined = item;
  for (const part of attribute.split(".")) {
    if (current === undefined) return undefined;
    current =
      INDEX.test(part) && isList(current)
        ? memberAt(current, Number(part))
        : isObject(current)
          ? ownMember(current, part)
          : undefined;
  }
  return current;
}

function memberAt(value: Value, index: number): Value | undefined {
  return isList(value) ? value.at(index) : undefined;
}
