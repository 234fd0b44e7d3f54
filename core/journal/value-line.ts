import type { Json } from "#core/ports";
import { contentHash } from "./content-hash.ts";

/**
 * A value as a line has it: whole, or with parts of it in other values. `text` is its JSON text, or what
 * {@link partsText} makes.
 */
export interface StoredText {
  readonly form: "whole" | "parts";
  readonly text: string;
}

/** A value that a line holds, and that was checked. */
export interface ReadValue extends StoredText {
  readonly ref: string;
  /**
   * Characters (and bytes, for all of them are ASCII) of the line before the text, after which one more follows; null
   * where the line is not as the writer writes it.
   */
  readonly start: number | null;
}

/** A part of a value that another value holds already: where it belongs, that value, and where it is in it. */
export type Part = readonly [to: Path, ref: string, from: Path];

/** The way from a value to something in it: names and indexes. */
export type Path = readonly (string | number)[];

/** A value as a line; `text` is its JSON text, `name` the beginning of its hash. */
export function encodeValue(name: string, text: string): string {
  return `["${name}",${text}]\n`;
}

/** The same in pieces, so that nobody has to copy a long text to make a line of it. */
export function valuePieces(name: string, text: string): readonly string[] {
  return [`["${name}",`, text, "]\n"];
}

/** A value with parts in others as a line, with a check of its own: its hash is that of the value as it is. */
export function encodeParts(text: string): string {
  return `${PARTS_BEGINNING}${contentHash(text).slice(0, CHECK_LENGTH)}",${text}]\n`;
}

/** What is stored of a value with `parts` in other values; `rest` is its JSON text with null in their places. */
export function partsText(ref: string, parts: readonly Part[], rest: string): string {
  return `"${ref}",${JSON.stringify(parts)},${rest}`;
}

const PARTS_BEGINNING = '["=","';
const CHECK_LENGTH = 8;
const PARTS_START = PARTS_BEGINNING.length + CHECK_LENGTH + 2;
const HASH = /^[\w-]{22}$/;
const NAME = /^[\w-]{8,22}$/;
/** As versions wrote values that had format 1. */
const OLD_BEGINNING = '{"kind":"value","ref":"';
const OLD_MIDDLE = '","value":';
const OLD_START = OLD_BEGINNING.length + 22 + OLD_MIDDLE.length;

/**
 * The value of a line as a writer writes it, which need not be parsed: its text is what was hashed. Null for any other
 * line, and for one that does not match its hash.
 */
export function readValueLine(line: string): ReadValue | null {
  if (line.startsWith(PARTS_BEGINNING)) {
    const text = line.slice(PARTS_START, -1);
    const isWhole = line.endsWith("]") && line.startsWith('",', PARTS_START - 2);
    return isWhole
      ? checkedParts(line.slice(PARTS_BEGINNING.length, PARTS_START - 2), text, PARTS_START)
      : null;
  }
  if (line.startsWith('["')) {
    const end = line.indexOf('",', 2);
    if (end < 10 || end > 24 || !line.endsWith("]")) return null;
    return checkedWhole(line.slice(2, end), line.slice(end + 2, -1), end + 2);
  }
  if (!line.startsWith(OLD_BEGINNING) || !line.startsWith(OLD_MIDDLE, OLD_START - OLD_MIDDLE.length))
    return null;
  if (!line.endsWith("}")) return null;
  const ref = line.slice(OLD_BEGINNING.length, OLD_BEGINNING.length + 22);
  return checkedWhole(ref, line.slice(OLD_START, -1), OLD_START);
}

/** The value of a line of `format` 2 that was parsed, in whatever form another tool wrote it; null where it does not match. */
export function readValueRow(row: readonly Json[]): ReadValue | null {
  const [name, second, ...others] = row;
  if (name === "=" && typeof second === "string" && others.length === 3)
    return checkedParts(second, others.map((each) => JSON.stringify(each)).join(","), null);
  return typeof name === "string" && NAME.test(name) && row.length === 2
    ? checkedWhole(name, JSON.stringify(second), null)
    : null;
}

/** The same for one of format 1. */
export function readOldValue(ref: Json | undefined, value: Json | undefined): ReadValue | null {
  return typeof ref === "string" && value !== undefined
    ? checkedWhole(ref, JSON.stringify(value), null)
    : null;
}

function checkedWhole(name: string, text: string, start: number | null): ReadValue | null {
  const ref = contentHash(text);
  // Not the one of the line: a piece of it would keep the whole line in memory.
  return ref.startsWith(name) ? { form: "whole", ref, text, start } : null;
}

function checkedParts(check: string, text: string, start: number | null): ReadValue | null {
  const ref = text.slice(1, 23);
  if (!HASH.test(ref) || check !== contentHash(text).slice(0, CHECK_LENGTH)) return null;
  return { form: "parts", ref: copied(ref), text, start };
}

/** The same text without the line that it is a piece of. */
function copied(ref: string): string {
  return String.fromCharCode(...Array.from(ref, (each) => each.charCodeAt(0)));
}
