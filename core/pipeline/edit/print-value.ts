import type { JsonValue } from "../json/node-to-json.ts";
import { type WritingStyle, writeInlineObject, writeProperty } from "./writing-style.ts";

/** A line with more than this is broken, where the file has lines. */
const longestLine = 90;

/** The JSON of a value in the file's style: in a line where that is short, else each part on one of its own. */
export function printValue(value: JsonValue, style: WritingStyle, indent: string): string {
  const inline = printInline(value, style);
  if (!style.lines || inline.length + indent.length <= longestLine) return inline;
  if (typeof value !== "object" || value === null) return inline;
  const inner = indent + style.indent;
  const parts = Array.isArray(value)
    ? value.map((item: JsonValue) => printValue(item, style, inner))
    : Object.entries(value).map(([key, each]) => writeProperty(style, key, printValue(each, style, inner)));
  if (parts.length === 0) return inline;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  return `${open}${style.eol}${inner}${parts.join(`,${style.eol}${inner}`)}${style.eol}${indent}${close}`;
}

function printInline(value: JsonValue, style: WritingStyle): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value))
    return `[${value.map((item: JsonValue) => printInline(item, style)).join(`,${style.gap}`)}]`;
  const entries = Object.entries(value).map(([key, each]) => [key, printInline(each, style)] as const);
  return entries.length === 0 ? "{}" : writeInlineObject(style, entries);
}
