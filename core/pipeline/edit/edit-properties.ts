import { shiftSpan } from "../document/shift.ts";
import type { JsonNode, Span } from "../json-node.ts";
import type { Field } from "../model.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import type { TextEdit } from "../text-edit.ts";
import { elementsOf } from "./element-list.ts";
import { insertElements } from "./insert-elements.ts";
import { removeElements } from "./remove-elements.ts";
import { opensLine } from "./surroundings.ts";
import { type WritingStyle, writeProperty } from "./writing-style.ts";

/** An object in the text: its node, and what its spans are relative to. */
export interface ObjectPlace {
  readonly node: Extract<JsonNode, { kind: "object" }>;
  readonly base: number;
}

/** Replaces what stands at a span. */
export function replaceSpan(span: Span, base: number, text: string): TextEdit {
  const { start, end } = shiftSpan(span, base);
  return { offset: start, length: end - start, text };
}

/**
 * Sets a property: its value is replaced where it is, else it is added after the first of `after` that the object
 * has, or before the first of `before`, or at the end.
 */
export function setProperty(
  text: string,
  { node, base }: ObjectPlace,
  key: string,
  write: (indent: string) => string,
  style: WritingStyle,
  places: { readonly after?: readonly string[]; readonly before?: readonly string[] } = {},
): readonly TextEdit[] {
  const existing = fieldNamed(node.properties, key);
  if (existing !== undefined) return [replaceSpan(existing.value.span, base, write(""))];
  const property = {
    write: (indent: string) => writeProperty(styleIn(text, node, base, style), key, write(indent)),
  };
  const after = indexForProperty(node.properties, places.after ?? [], places.before ?? []);
  return insertElements(
    text,
    elementsOf(node, base),
    [{ after, ...property }],
    style,
    style.lines && opensLine(text, node.span.start + base) ? "lines" : "inline",
  );
}

/** Removes properties, all of the same name included. */
export function removeProperties(
  text: string,
  { node, base }: ObjectPlace,
  doomed: (field: Field) => boolean,
): readonly TextEdit[] {
  const indexes = new Set<number>();
  node.properties.forEach((property, index) => {
    if (doomed(property)) indexes.add(index);
  });
  return removeElements(text, elementsOf(node, base), indexes);
}

/** The index of the property to insert behind. */
function indexForProperty(
  fields: readonly Field[],
  after: readonly string[],
  before: readonly string[],
): number {
  for (const key of after) {
    const index = fields.findLastIndex((field) => field.key === key);
    if (index >= 0) return index;
  }
  const follower = fields.findIndex(({ key }) => before.includes(key));
  return (follower < 0 ? fields.length : follower) - 1;
}

/** The style with the colon of the object's own first property. */
export function styleIn(
  text: string,
  node: ObjectPlace["node"],
  base: number,
  style: WritingStyle,
): WritingStyle {
  const first = node.properties[0];
  if (first === undefined) return style;
  const colon = text.slice(first.keySpan.end + base, first.value.span.start + base);
  return /^ ?: ?$/.test(colon) ? { ...style, colon } : style;
}
