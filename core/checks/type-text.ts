import { atPlaceOf, type Kind, type ValueType } from "#core/expressions";

const words: Readonly<Record<Kind, string>> = {
  text: "text",
  number: "number",
  boolean: "true or false",
  null: "null",
  list: "list",
  object: "object",
};

const everyKind = Object.keys(words).length;

/** A type in a few words: `text or null`, `list of object`; empty where it can be anything. */
export function typeText(type: ValueType): string {
  const { kinds } = type;
  if (kinds.length === everyKind) return "";
  if (kinds.length === 0) return "nothing";
  return kinds.map((kind) => (kind === "list" ? listText(type) : words[kind])).join(" or ");
}

function listText(type: ValueType): string {
  if (type.list === null) return words.list;
  const items = atPlaceOf(type, null);
  const [only, ...others] = items.kinds;
  return only !== undefined && others.length === 0 ? `list of ${words[only]}` : words.list;
}
