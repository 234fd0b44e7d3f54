import { isJsonObject } from "../json/json-object.ts";
import type { JsonValue } from "../json/node-to-json.ts";
import { type WritingStyle, writeInlineObject, writeProperty } from "./writing-style.ts";

/** How values are laid out that the file does not have yet. */
export interface ValueForm {
  readonly style: WritingStyle;
  /** Whether objects, and lists that hold any, have their elements on lines of their own. */
  readonly objects: "lines" | "inline";
  /** The same of lists of plain values. */
  readonly lists: "lines" | "inline";
}

/** Writes a value; `indent` is that of the line it begins on. */
export function writeJson(value: JsonValue, form: ValueForm, indent: string): string {
  const { style } = form;
  const inner = indent + style.indent;
  const inLines = (open: string, parts: readonly string[], close: string): string =>
    `${open}${style.eol}${inner}${parts.join(`,${style.eol}${inner}`)}${style.eol}${indent}${close}`;
  if (isList(value)) {
    if (value.length === 0) return "[]";
    const isPlain = value.every((item) => typeof item !== "object" || item === null);
    const parts = value.map((item) => writeJson(item, form, inner));
    const layout = form.objects === "lines" && !isPlain ? "lines" : form.lists;
    return layout === "lines" ? inLines("[", parts, "]") : `[${parts.join(`,${style.gap}`)}]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => [key, writeJson(item, form, inner)] as const);
  if (entries.length === 0) return "{}";
  if (form.objects === "inline") return writeInlineObject(style, entries);
  return inLines(
    "{",
    entries.map(([key, item]) => writeProperty(style, key, item)),
    "}",
  );
}

/** The form that has everything in one line. */
export function inlineForm(style: WritingStyle): ValueForm {
  return { style, objects: "inline", lists: "inline" };
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
