import type { JsonNode, JsonProperty, Span } from "../json-node.ts";
import type { Source } from "./origin.ts";

/** A place in a source; the span is absolute in its text. */
export interface Spot {
  readonly source: Source;
  readonly span: Span;
}

/** JSON that is put together from several texts, and where each piece of it comes from. */
export type Content =
  /** As it is written in a source; spans of the node count from `base`. */
  | { readonly kind: "copy"; readonly node: JsonNode; readonly source: Source; readonly base: number }
  | { readonly kind: "object"; readonly members: readonly Member[]; readonly spot: Spot | null }
  | { readonly kind: "array"; readonly items: readonly Content[]; readonly spot: Spot | null }
  /** A scalar of ours, as JSON. */
  | { readonly kind: "scalar"; readonly literal: string; readonly spot: Spot | null };

/** A property of such an object. */
export interface Member {
  readonly key: string;
  /** Where the key is written. */
  readonly keySpot: Spot | null;
  /** Where key and value are written; null where they are not written together. */
  readonly spot: Spot | null;
  readonly value: Content;
}

/** A node of a source as content. */
export function copyOf(source: Source, node: JsonNode, base = 0): Content {
  return { kind: "copy", node, source, base };
}

/** A scalar that stands in no file as it is; `spot` is what it was made of. */
export function scalar(value: string | boolean, spot: Spot | null): Content {
  return { kind: "scalar", literal: JSON.stringify(value), spot };
}

/** An object's members, of duplicate keys the last; null for what is no object. */
export function membersOf(content: Content): readonly Member[] | null {
  if (content.kind === "object") return content.members;
  if (content.kind !== "copy" || content.node.kind !== "object") return null;
  const { source, base } = content;
  return copiedMembers(source, content.node.properties, base);
}

/** Properties of a source as members; what could not be read is left out, for its problem is told where it is. */
export function copiedMembers(
  source: Source,
  properties: readonly (Omit<JsonProperty, "span"> & { readonly span?: Span })[],
  base = 0,
): readonly Member[] {
  const members = new Map<string, Member>();
  for (const { key, keySpan, value } of properties) {
    if (value.kind === "error") continue;
    const whole = { start: keySpan.start, end: value.span.end };
    members.set(key, {
      key,
      keySpot: spotOf(source, keySpan, base),
      spot: spotOf(source, whole, base),
      value: copyOf(source, value, base),
    });
  }
  return [...members.values()];
}

/** An array's items; null for what is no array. */
export function itemsOf(content: Content): readonly Content[] | null {
  if (content.kind === "array") return content.items;
  if (content.kind !== "copy" || content.node.kind !== "array") return null;
  return content.node.items.map((item) => copyOf(content.source, item, content.base));
}

/** The text of a string, else null. */
export function textOf(content: Content | undefined): string | null {
  return content?.kind === "copy" && content.node.kind === "string" ? content.node.value : null;
}

/** Where content is written. */
export function spotIn(content: Content): Spot | null {
  return content.kind === "copy" ? spotOf(content.source, content.node.span, content.base) : content.spot;
}

/** The member of that key. */
export function memberNamed(members: readonly Member[], ...keys: readonly string[]): Member | undefined {
  for (const key of keys) {
    const found = members.find((member) => member.key === key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The place of a span that counts from `base`. */
export function spotOf(source: Source, span: Span, base: number): Spot {
  return { source, span: { start: span.start + base, end: span.end + base } };
}
