import type { Json, JsonObject } from "#core/ports";
import type { ValueKind } from "#protocol";
import { imageIn } from "./image-in.ts";

/** Items of a list that are looked at before it counts as a table. */
export const SAMPLE = 1000;

/** Characters in which a text says what it is. */
const HEAD = 20_000;

/** A text that is longer is not read as JSON. */
const LONGEST_JSON = 5_000_000;

/** As what a value can be looked at, the best first. */
export function kindsOf(value: Json): readonly ValueKind[] {
  if (typeof value === "string") return kindsOfText(value);
  if (value === null || typeof value !== "object") return ["text"];
  return isTable(value) ? ["table", "json", "text"] : ["json", "text"];
}

function kindsOfText(text: string): readonly ValueKind[] {
  if (imageIn(text) !== null) return ["image", "text"];
  const inside = jsonIn(text);
  if (inside !== null) return [...kindsOf(inside).filter((kind) => kind !== "text"), "text"];
  const head = text.slice(0, HEAD);
  if (isMarkdown(head)) return ["markdown", "text"];
  return head.includes("\n") ? ["text", "markdown"] : ["text"];
}

/** A list of objects; it may have others further down. */
function isTable(value: Json): boolean {
  return Array.isArray(value) && value.length > 0 && value.slice(0, SAMPLE).every(isObject);
}

/** Whether it is neither a list nor a scalar. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The list or object that a text is the JSON of; null for any other text. */
export function jsonIn(text: string): Json | null {
  if (text.length > LONGEST_JSON || !/^\s*[[{]/.test(text)) return null;
  try {
    const read: unknown = JSON.parse(text);
    // What JSON.parse gives is JSON.
    return read as Json;
  } catch {
    return null;
  }
}

/**
 * Headings, lists, fences, tables, strong words or links: two of them, or one that nothing else looks like. No sign
 * goes past the next beginning of its own kind, so that a text of nothing but brackets takes no longer than another.
 */
function isMarkdown(text: string): boolean {
  if (/^#{1,6} \S/m.test(text) || /^```/m.test(text) || /^\|? ?:?-{3,}:? ?\|/m.test(text)) return true;
  const signs = [
    /^ {0,3}[-*+] \S/m,
    /^ {0,3}\d+[.)] \S/m,
    /\*\*[^*\n]+\*\*/,
    /\[[^[\]\n]+\]\([^()\s]+\)/,
    /`[^`\n]+`/,
  ];
  return signs.filter((sign) => sign.test(text)).length > 1;
}
