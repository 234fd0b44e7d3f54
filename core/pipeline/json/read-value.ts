import type { JsonNode, JsonProperty } from "../json-node.ts";
import { type Cursor, markHere, reportSyntax, rewind, spanBetween } from "./cursor.ts";
import { readSeparated } from "./read-separated.ts";
import { reportRepeatedKeys } from "./report-repeated-keys.ts";
import { endOfToken, readScalar, readString } from "./scan-scalar.ts";
import { skipTrivia } from "./scan-trivia.ts";
import { skipBrackets } from "./skip-brackets.ts";

/** Deeper values are not read, so that no file can exhaust the stack. Real pipelines stay under 20. */
export const DEPTH_LIMIT = 200;

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Reads the value at the cursor, which is past trivia. What is wrong with it becomes problems. */
export function readValue(cursor: Cursor, depth: number): JsonNode {
  const start = cursor.position;
  const code = cursor.text.charCodeAt(start);
  if (code === QUOTE || code === APOSTROPHE) {
    const value = readString(cursor);
    return { kind: "string", span: spanBetween(cursor, start, cursor.position), value };
  }
  if (code !== OPEN_BRACE && code !== OPEN_BRACKET) return readScalar(cursor);
  if (depth >= DEPTH_LIMIT) {
    reportSyntax(
      cursor,
      start,
      start + 1,
      `Values may be nested ${DEPTH_LIMIT} deep, this one is deeper. Flatten it.`,
    );
    skipBrackets(cursor);
    return { kind: "error", span: spanBetween(cursor, start, cursor.position) };
  }
  if (code === OPEN_BRACE) {
    const properties: JsonProperty[] = [];
    readMembers(cursor, () => {
      const property = readProperty(cursor, () => readValue(cursor, depth + 1));
      if (property === null) return "junk";
      properties.push(property);
      return "element";
    });
    reportRepeatedKeys(properties, cursor.problems);
    return { kind: "object", span: spanBetween(cursor, start, cursor.position), properties };
  }
  const items: JsonNode[] = [];
  readItems(
    cursor,
    () => {
      const item = readValue(cursor, depth + 1);
      items.push(item);
      return item;
    },
    () => items.pop(),
  );
  return { kind: "array", span: spanBetween(cursor, start, cursor.position), items };
}

/** Reads an object's braces and commas; `readMember` is called at the first character of each property. */
export function readMembers(cursor: Cursor, readMember: () => "element" | "junk"): void {
  cursor.openObjects += 1;
  readSeparated(cursor, {
    close: "}",
    endsBefore: (code) => code === OPEN_BRACE && cursor.openArrays > 0,
    read: (code) => {
      if (code !== OPEN_BRACE && code !== OPEN_BRACKET && code !== COLON) return readMember();
      reportSyntax(
        cursor,
        cursor.position,
        cursor.position + 1,
        "Expected a property name in double quotes.",
      );
      if (code === COLON) cursor.position += 1;
      else skipBrackets(cursor);
      return "junk";
    },
  });
  cursor.openObjects -= 1;
}

/**
 * Reads a list's brackets and commas; `readItem` is called at the first character of each item, and `undoItem`
 * when the last one was no item after all but a name of the object around a list that was not closed.
 */
export function readItems(cursor: Cursor, readItem: () => JsonNode, undoItem: () => void): void {
  cursor.openArrays += 1;
  readSeparated(cursor, {
    close: "]",
    endsBefore: () => false,
    read: (code) => {
      if (code === COLON) {
        reportSyntax(
          cursor,
          cursor.position,
          cursor.position + 1,
          "Items of a list have no names: remove this ':'.",
        );
        cursor.position += 1;
        return "junk";
      }
      const item = readItem();
      if (item.kind !== "string" || cursor.openObjects === 0 || !isColonNext(cursor)) return "element";
      undoItem();
      return "not-ours";
    },
  });
  cursor.openArrays -= 1;
}

/** Reads `"key": value`. Null when nothing that could be a key is there; the cursor has then moved past what is. */
export function readProperty(
  cursor: Cursor,
  readPropertyValue: (key: string) => JsonNode,
): JsonProperty | null {
  const start = cursor.position;
  const key = readKey(cursor);
  if (key === null) return null;
  const keyEnd = cursor.position;
  skipTrivia(cursor);
  const hasColon = cursor.text.charCodeAt(cursor.position) === COLON;
  if (hasColon) {
    cursor.position += 1;
    skipTrivia(cursor);
  } else {
    reportSyntax(cursor, start, keyEnd, `Expected ':' and a value after ${shown(key)}.`);
  }
  const keySpan = spanBetween(cursor, start, keyEnd);
  if (startsValue(cursor.text.charCodeAt(cursor.position))) {
    const mark = markHere(cursor);
    const value = readPropertyValue(key);
    // A string before a colon is the next property: this one has no value yet.
    if (value.kind !== "string" || !isColonNext(cursor)) {
      return { key, keySpan, span: spanBetween(cursor, start, value.span.end + cursor.base), value };
    }
    rewind(cursor, mark);
  }
  if (hasColon) reportSyntax(cursor, start, keyEnd, `Expected a value for ${shown(key)} after ':'.`);
  const nothing = spanBetween(cursor, keyEnd, keyEnd);
  return { key, keySpan, span: keySpan, value: { kind: "error", span: nothing } };
}

function readKey(cursor: Cursor): string | null {
  const { text, position: start } = cursor;
  const code = text.charCodeAt(start);
  if (code === QUOTE || code === APOSTROPHE) return readString(cursor);
  const end = endOfToken(text, start);
  const word = text.slice(start, end);
  cursor.position = end;
  if (/^[A-Za-z_$]/.test(word)) {
    reportSyntax(cursor, start, end, `Property names are in double quotes: write ${shown(word)}.`);
    return word;
  }
  reportSyntax(cursor, start, end, "Expected a property name in double quotes.");
  return null;
}

function isColonNext(cursor: Cursor): boolean {
  const code = cursor.text.charCodeAt(cursor.position);
  if (code === COMMA || code === CLOSE_BRACE || code === CLOSE_BRACKET) return false;
  const mark = markHere(cursor);
  skipTrivia(cursor);
  const isColon = cursor.text.charCodeAt(cursor.position) === COLON;
  rewind(cursor, mark);
  return isColon;
}

function startsValue(code: number): boolean {
  return !(
    Number.isNaN(code) ||
    code === COMMA ||
    code === COLON ||
    code === CLOSE_BRACE ||
    code === CLOSE_BRACKET
  );
}

function shown(key: string): string {
  return JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
}
