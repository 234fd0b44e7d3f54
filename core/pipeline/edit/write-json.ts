import type { JsonMembers } from "../json/json-object.ts";
import type { JsonValue } from "../json/node-to-json.ts";
import { type WritingStyle, writeInlineObject, writeProperty } from "./writing-style.ts";

/**
 * How a value is laid out: its parts on lines of their own, all in one line, or in one line where that is short.
 */
export type ValueLayout = "lines" | "short" | "inline";

/** How values are laid out that the file does not have yet. */
export interface ValueForm {
  readonly style: WritingStyle;
  /** Of objects, and of lists that hold any. */
  readonly objects: ValueLayout;
  /** Of lists of plain values. */
  readonly lists: ValueLayout;
}

/** A line with more than this is broken, where values are laid out by their length. */
const longestLine = 90;

/** Writes a value; `indent` is that of the line it begins on. */
export function writeJson(value: JsonValue, form: ValueForm, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const layout = isList(value) && value.every(isPlain) ? form.lists : form.objects;
  if (layout === "lines") return writeInLines(value, form, indent);
  const inline = writeInline(value, form.style);
  return layout === "inline" || inline.length + indent.length <= longestLine
    ? inline
    : writeInLines(value, form, indent);
}

/** The form that has everything in one line. */
export function inlineForm(style: WritingStyle): ValueForm {
  return { style, objects: "inline", lists: "inline" };
}

/** The form that has in one line what is short, in a file that has lines. */
export function shortForm(style: WritingStyle): ValueForm {
  return style.lines ? { style, objects: "short", lists: "short" } : inlineForm(style);
}

function writeInLines(value: readonly JsonValue[] | JsonMembers, form: ValueForm, indent: string): string {
  const { style } = form;
  const inner = indent + style.indent;
  const parts = isList(value)
    ? value.map((item) => writeJson(item, form, inner))
    : Object.entries(value).map(([key, item]) => writeProperty(style, key, writeJson(item, form, inner)));
  const [open, close] = isList(value) ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  return `${open}${style.eol}${inner}${parts.join(`,${style.eol}${inner}`)}${style.eol}${indent}${close}`;
}

function writeInline(value: JsonValue, style: WritingStyle): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => writeInline(item, style)).join(`,${style.gap}`)}]`;
  const entries = Object.entries(value).map(([key, item]) => [key, writeInline(item, style)] as const);
  return entries.length === 0 ? "{}" : writeInlineObject(style, entries);
}

function isPlain(value: JsonValue): boolean {
  return typeof value !== "object" || value === null;
}

function isList(value: JsonValue | JsonMembers): value is readonly JsonValue[] {
  return Array.isArray(value);
}
