import type { JsonNode } from "../json-node.ts";
import { type Cursor, reportSyntax, spanBetween } from "./cursor.ts";
import { endOfLine } from "./scan-trivia.ts";

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /[^\s,:{}[\]"'/]+/y;
const SIMPLE_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

/** Reads the string that starts at the cursor, in double or (with a problem) single quotes. */
export function readString(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.position;
  const quote = text.charCodeAt(start);
  let value = "";
  let chunk = start + 1;
  let offset = chunk;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code === quote) {
      value += text.slice(chunk, offset);
      cursor.position = offset + 1;
      break;
    }
    if (code === 0x5c) {
      value += text.slice(chunk, offset);
      const escape = readEscape(cursor, offset);
      value += escape.value;
      offset = escape.end;
      chunk = offset;
    } else if (code === 0x0a || code === 0x0d || Number.isNaN(code)) {
      const end = withoutTrailingComma(text, chunk, offset);
      value += text.slice(chunk, end);
      reportSyntax(cursor, start, end, 'This string is not closed. Add " where it ends.');
      cursor.position = end;
      break;
    } else {
      if (code < 0x20) {
        const name = `\\u${code.toString(16).padStart(4, "0")}`;
        reportSyntax(
          cursor,
          offset,
          offset + 1,
          `A control character in a string is written ${code === 9 ? "\\t" : name}.`,
        );
      }
      offset += 1;
    }
  }
  if (quote === 0x27) {
    reportSyntax(cursor, start, cursor.position, "JSON strings are in double quotes: replace ' by \".");
  }
  // Shorter strings are copied by the engine anyway.
  return cursor.detach && value.length > 12 ? ` ${value}`.slice(1) : value;
}

/** Reads a number, a literal, or whatever stands where a value should be; it moves at least one character. */
export function readScalar(cursor: Cursor): JsonNode {
  const { text, position: start } = cursor;
  NUMBER.lastIndex = start;
  const number = NUMBER.exec(text)?.[0];
  WORD.lastIndex = start;
  const word = WORD.exec(text)?.[0] ?? text.charAt(start);
  cursor.position = start + word.length;
  const span = spanBetween(cursor, start, cursor.position);
  if (number === word) return { kind: "number", span, value: Number(word) };
  if (word === "true" || word === "false") return { kind: "boolean", span, value: word === "true" };
  if (word === "null") return { kind: "null", span };
  reportSyntax(cursor, start, cursor.position, unreadable(word));
  if (word === "True" || word === "False") return { kind: "boolean", span, value: word === "True" };
  if (word === "None") return { kind: "null", span };
  return { kind: "error", span };
}

/** The end of the token at `offset`, for the span of a problem about it. */
export function endOfToken(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  if (text.charCodeAt(offset) === 0x22) {
    const close = text.indexOf('"', offset + 1);
    const line = endOfLine(text, offset);
    return close < 0 || close > line ? line : close + 1;
  }
  WORD.lastIndex = offset;
  const word = WORD.exec(text)?.[0];
  return offset + (word?.length ?? 1);
}

function unreadable(word: string): string {
  if (word === "True" || word === "False") return `JSON writes ${word.toLowerCase()}, not ${word}.`;
  if (word === "None" || word === "undefined") return `JSON writes null, not ${word}.`;
  if (word === "NaN" || word === "Infinity" || word === "-Infinity")
    return `JSON has no number ${word}. Use null or a string.`;
  if (/^[-+.]?[0-9]/.test(word)) return `${shown(word)} is not a JSON number.`;
  return `Expected a value, found ${shown(word)}. Text must be in double quotes.`;
}

function shown(word: string): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}

function readEscape(cursor: Cursor, offset: number): { readonly value: string; readonly end: number } {
  const { text } = cursor;
  const letter = text.charAt(offset + 1);
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) return { value: simple, end: offset + 2 };
  if (letter === "u") {
    const digits = text.slice(offset + 2, offset + 6);
    if (/^[0-9a-fA-F]{4}$/.test(digits)) {
      return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: offset + 6 };
    }
    reportSyntax(cursor, offset, offset + 2, "\\u needs four hexadecimal digits, as in \\u00e9.");
    return { value: "\\u", end: offset + 2 };
  }
  reportSyntax(cursor, offset, offset + 1, "This is no escape of JSON. Write \\\\ for a backslash.");
  return { value: "\\", end: offset + 1 };
}

/** An unclosed string most often lost its quote before the comma that ends its line. */
function withoutTrailingComma(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && (text.charCodeAt(last - 1) === 0x20 || text.charCodeAt(last - 1) === 0x09))
    last -= 1;
  return last > start && text.charCodeAt(last - 1) === 0x2c ? last - 1 : end;
}
