import { BACKSLASH, endOfSource, OPEN, peekInto } from "../grammar/scan.ts";

/** A piece of a quoted literal: text, or the source between `{{` and `}}` with its offsets. */
export type LiteralPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "source"; readonly start: number; readonly end: number };

/** Reads a quoted literal, quotes and `r` included, that stands at `start`. */
export function readLiteral(text: string, start: number, end: number): string {
  const raw = text[start] === "r";
  const from = start + (raw ? 2 : 1);
  return raw ? readRaw(text, from, end - 1) : unescape(text, from, end - 1);
}

/** The same for a literal of an expression field, where `{{ }}` is interpolated and `\{{` is a literal `{{`. */
export function readInterpolated(text: string, start: number, end: number): readonly LiteralPiece[] {
  const raw = text[start] === "r";
  const read = raw ? readRaw : unescape;
  const pieces: LiteralPiece[] = [];
  const peek = peekInto(text);
  const last = end - 1;
  let from = start + (raw ? 2 : 1);
  let literal = "";
  for (let offset = from; offset < last; offset++) {
    const code = text.charCodeAt(offset);
    if (code === BACKSLASH && text.startsWith("{{", offset + 1)) {
      literal += `${read(text, from, offset)}{{`;
      offset += 2;
      from = offset + 1;
    } else if (code === BACKSLASH) offset++;
    else if (code === OPEN && text.charCodeAt(offset + 1) === OPEN) {
      const close = endOfSource(peek, offset + 2);
      if (close === -1 || close > last) break;
      pieces.push({ kind: "text", text: literal + read(text, from, offset) });
      pieces.push({ kind: "source", start: offset + 2, end: close });
      literal = "";
      from = close + 2;
      offset = from - 1;
    }
  }
  pieces.push({ kind: "text", text: literal + read(text, from, last) });
  return pieces.filter((piece) => piece.kind === "source" || piece.text !== "");
}

/** In a raw literal a backslash is itself; before a quote it keeps the literal open and stays. */
function readRaw(text: string, from: number, to: number): string {
  return text.slice(from, to);
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["0", "\0"],
  ["a", "\x07"],
  ["\\", "\\"],
  ["'", "'"],
  ['"', '"'],
  ["/", "/"],
  ["\n", ""],
]);

/** Python's escapes; one that is unknown keeps its backslash, so that `'\d+'` is a pattern for digits. */
function unescape(text: string, from: number, to: number): string {
  let result = "";
  let copied = from;
  for (
    let offset = text.indexOf("\\", from);
    offset !== -1 && offset < to;
    offset = text.indexOf("\\", copied)
  ) {
    result += text.slice(copied, offset);
    const letter = text[offset + 1] ?? "";
    const hexadecimal = readHexadecimal(text, letter, offset + 2, to);
    if (hexadecimal !== undefined) {
      result += hexadecimal.text;
      copied = hexadecimal.end;
    } else {
      result += escapes.get(letter) ?? `\\${letter}`;
      copied = offset + 2;
    }
  }
  return result + text.slice(copied, Math.max(copied, to));
}

const widths: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);
const HEXADECIMAL = /^[\da-fA-F]+$/;
const LAST_CODE_POINT = 0x10ffff;

function readHexadecimal(
  text: string,
  letter: string,
  from: number,
  to: number,
): { readonly text: string; readonly end: number } | undefined {
  const width = widths.get(letter);
  if (width === undefined || from + width > to) return undefined;
  const digits = text.slice(from, from + width);
  if (!HEXADECIMAL.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  return code > LAST_CODE_POINT ? undefined : { text: String.fromCodePoint(code), end: from + width };
}
