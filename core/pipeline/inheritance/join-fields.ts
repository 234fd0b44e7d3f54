import {
  type Content,
  copiedMembers,
  itemsOf,
  type Member,
  memberNamed,
  membersOf,
  spotIn,
  textOf,
} from "./content.ts";
import type { Source } from "./origin.ts";
import { overlay, replaceMembers } from "./overlay.ts";

/** Who a pipeline is: never inherited. */
const OWN: ReadonlySet<string> = new Set(["$schema", "id", "name", "version", "abstract"]);

/** Gone after joining: the stages are put in by themselves. */
const USED_UP: ReadonlySet<string> = new Set(["extends", "overrides", "stages"]);

/** Two names of one field: that of the child counts. */
const TWINS: ReadonlyMap<string, string> = new Map([
  ["output_stage", "output_stage_id"],
  ["output_stage_id", "output_stage"],
  ["example_input", "sample_input"],
  ["sample_input", "example_input"],
]);

/** How a field is joined that both have; any other is the child's. */
const JOINED: ReadonlyMap<string, (under: Content, over: Content) => Content> = new Map([
  ["tags", union],
  ["input_schema", joinSchemas],
  ["output_schema", joinSchemas],
  ["compositions", joinById],
  ["env", overlay],
  ["defaults", overlay],
  ["concurrency", overlay],
  ["budget", overlay],
  ["layout", overlay],
  ["secrets", (under, over) => (itemsOf(over) === null ? overlay(under, over) : union(under, over))],
]);

const FIRST = ["$schema", "id", "name", "version", "description", "category", "tags", "abstract"];
const LAST = ["stages", "output_stage_id", "output_stage", "sample_input", "example_input", "layout"];

/** The fields of a child joined with its parent's (facts, section 7.3), with these stages, in the order of canonical form. */
export function joinFields(parent: Source, child: Source, stages: Content): readonly Member[] {
  const own = fieldsOf(child);
  const inherited = fieldsOf(parent).filter(({ key }) => !OWN.has(key));
  const joined = new Map(own.map((member) => [member.key, member]));
  for (const member of inherited) {
    const twin = TWINS.get(member.key);
    const over = memberNamed(own, member.key, ...(twin === undefined ? [] : [twin]));
    if (over === undefined || saysNothing(over.value)) {
      if (over !== undefined) joined.delete(over.key);
      joined.set(member.key, member);
      continue;
    }
    const join = over.key === member.key ? JOINED.get(member.key) : undefined;
    if (join !== undefined)
      joined.set(member.key, { ...over, spot: null, value: join(member.value, over.value) });
  }
  joined.set("stages", { key: "stages", keySpot: null, spot: null, value: stages });
  return [...joined.values()].toSorted((a, b) => rankOf(a.key) - rankOf(b.key));
}

function fieldsOf(source: Source): readonly Member[] {
  return copiedMembers(source, source.document.pipeline.fields).filter(({ key }) => !USED_UP.has(key));
}

function rankOf(key: string): number {
  const first = FIRST.indexOf(key);
  return first >= 0 ? first - FIRST.length : LAST.indexOf(key) + 1;
}

/** `child or parent`, as FlowMason has it: what is empty is not there. */
function saysNothing(content: Content): boolean {
  return textOf(content) === "" || (content.kind === "copy" && content.node.kind === "null");
}

/** The items of both lists, each once, in order. */
function union(under: Content, over: Content): Content {
  const below = itemsOf(under);
  const above = itemsOf(over);
  if (below === null || above === null) return over;
  const seen = new Set<string>();
  const items = [...below, ...above].filter((item) => {
    const text = textOf(item);
    if (text === null) return true;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
  return { kind: "array", items, spot: spotIn(over) };
}

/** Properties are replaced one by one, what is required adds up, the rest is the child's where it says it. */
function joinSchemas(under: Content, over: Content): Content {
  const below = membersOf(under);
  const above = membersOf(over);
  if (below === null || above === null) return over;
  const members = replaceMembers(below, above).map((member): Member => {
    const mine = memberNamed(above, member.key);
    const theirs = memberNamed(below, member.key);
    if (mine === undefined || theirs === undefined) return member;
    if (member.key === "required") return { ...mine, spot: null, value: union(theirs.value, mine.value) };
    if (member.key !== "properties") return mine;
    return { ...mine, spot: null, value: replaceProperties(theirs.value, mine.value) };
  });
  return { kind: "object", members, spot: spotIn(over) };
}

function replaceProperties(under: Content, over: Content): Content {
  const below = membersOf(under);
  const above = membersOf(over);
  if (below === null || above === null) return over;
  return { kind: "object", members: replaceMembers(below, above), spot: spotIn(over) };
}

/** A composition of the child takes the place of the parent's with its id; new ones follow. */
function joinById(under: Content, over: Content): Content {
  const below = itemsOf(under);
  const above = itemsOf(over);
  if (below === null || above === null) return over;
  const own = new Map(above.map((item, index) => [idOf(item) ?? index, item]));
  const items = below.map((item) => {
    const id = idOf(item);
    const replacement = id === null ? undefined : own.get(id);
    if (replacement === undefined || id === null) return item;
    own.delete(id);
    return replacement;
  });
  return { kind: "array", items: [...items, ...own.values()], spot: spotIn(over) };
}

function idOf(item: Content): string | null {
  return textOf(memberNamed(membersOf(item) ?? [], "id")?.value);
}
