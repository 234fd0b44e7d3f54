import type { Json } from "#core/ports";
import {
  type AskedPart,
  LARGEST_PICTURE,
  LONGEST_CELL,
  MOST_CHARACTERS,
  MOST_COLUMNS,
  MOST_ROWS,
  type ValueKind,
  type ValuePage,
} from "#protocol";
import { childCounts, childOf, childrenOf, type NamedValue, rowText } from "../variables.ts";
import { imageIn } from "./image-in.ts";
import { isObject, jsonIn, SAMPLE } from "./kinds-of.ts";
import type { TextOf } from "./last-text.ts";

/** Rows and characters that come where it is not said how many. */
const ROWS = 100;
const CHARACTERS = 100_000;

/** The part of a value that is asked for, as one of its kinds. Nothing beyond it is copied, but what JSON takes as a text. */
export function pageOf(
  row: NamedValue,
  as: ValueKind,
  { start = 0, count, path = [] }: AskedPart,
  textOf: TextOf,
): ValuePage {
  switch (as) {
    case "json":
      return jsonPage(row, path, { start, count: Math.min(count ?? ROWS, MOST_ROWS) });
    case "table":
      return tablePage(listOf(inside(row.value)), { start, count: Math.min(count ?? ROWS, MOST_ROWS) });
    case "text":
    case "markdown":
      return { as, ...textPart(textOf(row.value), start, count ?? CHARACTERS) };
    case "image":
      return imagePage(typeof row.value === "string" ? row.value : "");
  }
}

interface Part {
  readonly start: number;
  readonly count: number;
}

/** A text that is JSON is looked at as what it says. */
function inside(value: Json): Json {
  return typeof value === "string" ? (jsonIn(value) ?? value) : value;
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function jsonPage(root: NamedValue, path: readonly (string | number)[], part: Part): ValuePage {
  const { value } = root;
  let at: NamedValue = root;
  // Of what is in a text no expression leads to a part.
  if (typeof value === "string") at = { name: root.name, value: inside(value), evaluateName: null };
  for (const key of path) at = childOf(at, String(key));
  const rows = childrenOf(at, { filter: null, ...part });
  return {
    as: "json",
    path,
    start: part.start,
    total: rowsIn(at.value),
    rows: rows.map(({ name, value: child, evaluateName }) => ({
      key: Array.isArray(at.value) ? Number(name) : name,
      text: cut(rowText(child)),
      rows: rowsIn(child),
      expression: evaluateName,
    })),
  };
}

function rowsIn(value: Json): number {
  const { indexedVariables = 0, namedVariables = 0 } = childCounts(value);
  return indexedVariables + namedVariables;
}

function tablePage(list: readonly Json[], { start, count }: Part): ValuePage {
  const keys = new Set<string>();
  for (const item of list.slice(0, SAMPLE))
    if (isObject(item)) for (const key of Object.keys(item)) keys.add(key);
  const columns = [...keys].slice(0, MOST_COLUMNS);
  return {
    as: "table",
    start,
    total: list.length,
    columns,
    moreColumns: keys.size - columns.length,
    rows: list
      .slice(start, start + count)
      .map((item) =>
        columns.map((key) => (isObject(item) && Object.hasOwn(item, key) ? cell(item[key] ?? null) : null)),
      ),
  };
}

function cell(value: Json): string {
  return cut(typeof value === "string" ? value.slice(0, LONGEST_CELL + 1) : rowText(value));
}

function cut(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text;
}

function textPart(
  text: string,
  start: number,
  count: number,
): { start: number; total: number; text: string } {
  const end = start + Math.min(count, MOST_CHARACTERS);
  return { start, total: text.length, text: text.slice(whole(text, start), whole(text, end)) };
}

/** No part begins in the middle of a character. */
function whole(text: string, at: number): number {
  const isInside = /[\uDC00-\uDFFF]/.test(text.charAt(at)) && /[\uD800-\uDBFF]/.test(text.charAt(at - 1));
  return isInside ? at + 1 : at;
}

function imagePage(text: string): ValuePage {
  const { type, bytes, base64 } = imageIn(text) ?? { type: "", bytes: 0, base64: "" };
  return { as: "image", type, bytes, base64: bytes > LARGEST_PICTURE ? null : base64 };
}
