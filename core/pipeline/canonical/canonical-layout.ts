import {
  type Comment,
  member,
  type Written,
  type WrittenMember,
  type WrittenObject,
} from "../written/written-json.ts";

/** An inline position of a stage, under the stage's canonical id. */
export interface MovedPosition {
  readonly id: string;
  readonly position: WrittenMember;
}

/** A layout with a line for each stage, sorted by id, and its ids renamed. What stands at a stage counts before it. */
export function canonicalLayout(
  layout: WrittenObject,
  moved: readonly MovedPosition[],
  ids: ReadonlyMap<string, string>,
): WrittenObject {
  const lines = new Map<string, WrittenMember>();
  for (const line of layout.members) {
    const id = ids.get(line.key) ?? line.key;
    lines.set(id, id === line.key ? line : member(id, line.value, line));
  }
  for (const { id, position } of moved) {
    const line = lines.get(id);
    const { blank: _, ...around } = position;
    if (line === undefined) lines.set(id, member(id, position.value, { ...around, blank: false }));
    else
      lines.set(id, {
        ...merged(line, position),
        before: [...line.before, ...position.before],
        after: [...line.after, ...position.after],
      });
  }
  return sortedLayout({ ...layout, members: [...lines.values()] });
}

/** The lines of a layout, each in one line, in the order of their ids. */
export function sortedLayout(layout: WrittenObject): WrittenObject {
  const members = layout.members
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(inOneLine);
  return { ...layout, layout: "lines", members };
}

/** The position's numbers over the line's; what else the line says (a colour) stays. */
function merged(line: WrittenMember, position: WrittenMember): WrittenMember {
  if (line.value.kind !== "object" || position.value.kind !== "object")
    return { ...line, value: position.value };
  const inline = new Map(position.value.members.map((each) => [each.key, each]));
  const members = line.value.members.map((each) => {
    const over = inline.get(each.key);
    if (over === undefined) return each;
    return { ...over, before: [...each.before, ...over.before], after: [...each.after, ...over.after] };
  });
  const known = new Set(line.value.members.map(({ key }) => key));
  const more = position.value.members.filter(({ key }) => !known.has(key));
  return { ...line, value: { ...line.value, members: [...members, ...more] } };
}

function inOneLine(line: WrittenMember): WrittenMember {
  const hoisted: Comment[] = [];
  const value = flat(line.value, hoisted);
  return hoisted.length === 0 ? { ...line, value } : { ...line, value, before: [...line.before, ...hoisted] };
}

/** The value without line breaks; comments that need a line of their own go to `hoisted`. */
function flat(value: Written, hoisted: Comment[]): Written {
  if (value.kind === "text") return value;
  const keep = (comments: readonly Comment[]): readonly Comment[] => {
    hoisted.push(...comments);
    return [];
  };
  const end = keep(value.end);
  if (value.kind === "object") {
    const members = value.members.map((each) => ({
      ...each,
      blank: false,
      before: keep(each.before),
      after: keep(each.after),
      value: flat(each.value, hoisted),
    }));
    return { kind: "object", layout: "line", members, end };
  }
  const items = value.items.map((each) => ({
    blank: false,
    before: keep(each.before),
    after: keep(each.after),
    value: flat(each.value, hoisted),
  }));
  return { kind: "list", layout: "line", items, end };
}
