import { isJsonObject, type JsonMembers } from "../json/json-object.ts";
import { type JsonValue, nodeToJson } from "../json/node-to-json.ts";
import type { JsonNode } from "../json-node.ts";
import { fieldNamed } from "../stage/field-reader.ts";
import type { TextEdit } from "../text-edit.ts";
import { type ObjectPlace, removeProperties, replaceSpan, styleIn } from "./edit-properties.ts";
import { elementsOf } from "./element-list.ts";
import { spansLines } from "./file-habits.ts";
import { insertElements } from "./insert-elements.ts";
import { removeElements } from "./remove-elements.ts";
import { sameJson } from "./same-json.ts";
import { beginsLine, indentAt, opensLine } from "./surroundings.ts";
import { inlineForm, type ValueForm, type ValueLayout, writeJson } from "./write-json.ts";
import { writeProperty } from "./writing-style.ts";

/** A value in the text, and what its spans are relative to. */
export interface ValuePlace {
  readonly node: JsonNode;
  readonly base: number;
}

type ListNode = Extract<JsonNode, { kind: "array" }>;

/** First half of making a value say another: takes out what the other does not have. What is the same stays as it is. */
export function trimValue(text: string, { node, base }: ValuePlace, wanted: JsonValue): readonly TextEdit[] {
  if (node.kind === "object" && isJsonObject(wanted)) {
    const kept = node.properties.filter(({ key }) => Object.hasOwn(wanted, key));
    return [
      ...removeProperties(text, { node, base }, ({ key }) => !Object.hasOwn(wanted, key)),
      ...kept.flatMap(({ key, value }) => {
        const of = memberOf(wanted, key);
        // Of properties of the same name only the last counts.
        return fieldNamed(node.properties, key)?.value === value && of !== undefined
          ? trimValue(text, { node: value, base }, of)
          : [];
      }),
    ];
  }
  if (node.kind !== "array" || !Array.isArray(wanted)) return [];
  const { start, before, after } = middleOf(node, wanted);
  const paired = Math.min(before, after);
  const surplus = new Set(Array.from({ length: before - paired }, (_, index) => start + paired + index));
  return [
    ...removeElements(text, elementsOf(node, base), surplus),
    ...node.items
      .slice(start, start + paired)
      .flatMap((item, index) => trimValue(text, { node: item, base }, itemOf(wanted, start + index))),
  ];
}

/** Second half, on the text that {@link trimValue} made: adds and replaces what differs. */
export function fillValue(
  text: string,
  { node, base }: ValuePlace,
  wanted: JsonValue,
  form: ValueForm,
): readonly TextEdit[] {
  if (sameJson(nodeToJson(node), wanted)) return [];
  const isEmpty = isBlank(text, node, base);
  if (node.kind === "object" && isJsonObject(wanted) && !isEmpty) {
    const missing = Object.entries(wanted).filter(([key]) => fieldNamed(node.properties, key) === undefined);
    const changed = Object.entries(wanted).flatMap(([key, value]) => {
      const existing = fieldNamed(node.properties, key);
      return existing === undefined ? [] : fillValue(text, { node: existing.value, base }, value, form);
    });
    return [...changed, ...addProperties(text, { node, base }, missing, form)];
  }
  if (node.kind === "array" && Array.isArray(wanted) && !isEmpty)
    return fillList(text, node, base, wanted, form);
  const offset = node.span.start + base;
  return [
    replaceSpan(
      node.span,
      base,
      writeJson(wanted, formAt(text, { node, base }, form), indentAt(text, offset)),
    ),
  ];
}

/** Adds properties at the end of an object, laid out as those it has. */
function addProperties(
  text: string,
  place: ObjectPlace,
  entries: readonly (readonly [string, JsonValue])[],
  form: ValueForm,
  after: number = place.node.properties.length - 1,
): readonly TextEdit[] {
  const { node, base } = place;
  const inside = formInside(text, place, form);
  const style = styleIn(text, node, base, form.style);
  const insertions = entries.map(([key, value]) => ({
    after,
    write: (indent: string) => writeProperty(style, key, writeJson(value, { ...inside, style }, indent)),
  }));
  return insertElements(text, elementsOf(node, base), insertions, form.style, whenEmptyOf(inside.objects));
}

function fillList(
  text: string,
  node: ListNode,
  base: number,
  wanted: readonly JsonValue[],
  form: ValueForm,
): readonly TextEdit[] {
  const { start, before, after } = middleOf(node, wanted);
  const changed = node.items
    .slice(start, start + before)
    .flatMap((item, index) => fillValue(text, { node: item, base }, itemOf(wanted, start + index), form));
  const added = wanted.slice(start + before, start + after);
  const inside = formInside(text, { node, base }, form);
  const isPlain = wanted.every((item) => typeof item !== "object" || item === null);
  const insertions = added.map((item) => ({
    after: start + before - 1,
    write: (indent: string) => writeJson(item, inside, indent),
  }));
  const whenEmpty = whenEmptyOf(isPlain ? inside.lists : inside.objects);
  return [...changed, ...insertElements(text, elementsOf(node, base), insertions, form.style, whenEmpty)];
}

/** Whether there is nothing between brackets, not even a comment. */
function isBlank(text: string, { span }: JsonNode, base: number): boolean {
  return text.slice(span.start + base + 1, span.end + base - 1).trim() === "";
}

function whenEmptyOf(layout: ValueLayout): "lines" | "inline" {
  return layout === "inline" ? "inline" : "lines";
}

/** The items of a list between those that are the same at its beginning and its end. */
function middleOf(
  node: ListNode,
  wanted: readonly JsonValue[],
): { readonly start: number; readonly before: number; readonly after: number } {
  const items = node.items.map(nodeToJson);
  const shorter = Math.min(items.length, wanted.length);
  let start = 0;
  while (start < shorter && sameJson(itemOf(items, start), itemOf(wanted, start))) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    sameJson(itemOf(items, items.length - 1 - end), itemOf(wanted, wanted.length - 1 - end))
  ) {
    end += 1;
  }
  return { start, before: items.length - start - end, after: wanted.length - start - end };
}

/** The form of what replaces a value: in one line where that stood in one line and held something. */
export function formAt(text: string, { node, base }: ValuePlace, form: ValueForm): ValueForm {
  if (form.objects === "inline") return form;
  const holds =
    (node.kind === "object" && node.properties.length > 0) ||
    (node.kind === "array" && node.items.length > 0);
  const span = { start: node.span.start + base, end: node.span.end + base };
  return (holds && !spansLines(text, span)) || !opensLine(text, span.start) ? inlineForm(form.style) : form;
}

/** The form of what is added to an object or a list: in lines only where it has its own elements in lines. */
export function formInside(
  text: string,
  { node, base }: { readonly node: Extract<JsonNode, { kind: "object" | "array" }>; readonly base: number },
  form: ValueForm,
): ValueForm {
  if (form.objects === "inline") return form;
  const first = node.kind === "array" ? node.items[0] : node.properties[0];
  if (first !== undefined) return beginsLine(text, first.span.start + base) ? form : inlineForm(form.style);
  return opensLine(text, node.span.start + base) ? form : inlineForm(form.style);
}

function memberOf(object: JsonMembers, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function itemOf(list: readonly JsonValue[], index: number): JsonValue {
  const item = list[index];
  if (item === undefined) throw new Error(`A list has no item ${index}.`);
  return item;
}
