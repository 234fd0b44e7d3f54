import type { Json } from "#core/ports";

/** What was not JSON about a text, in words for people. */
export type Repair =
  | "comments"
  | "single quotes"
  | "keys without quotes"
  | "commas after the last element"
  | "missing commas"
  | "missing closing brackets"
  | "line breaks within a text"
  | "wrong escapes"
  | "words of Python";

/** A value that was read from text that is nearly JSON. */
export interface RepairedJson {
  readonly value: Json;
  /** Where it ends in the text, exclusive. */
  readonly end: number;
  /** What had to be overlooked; empty for plain JSON. */
  readonly repairs: ReadonlySet<Repair>;
}

/** Brackets within each other that are followed: deeper than that is no answer. */
const mostDepth = 200;

/**
 * Reads the object or list at `start`, overlooking what people and models get wrong; null when that would take a guess.
 * No value is made up: each key and each value of the result stands in the text, and one that the text breaks off in
 * is none. `atEnd` says whether brackets that the end of the text leaves open are taken for closed. Takes linear time.
 */
export function repairJson(text: string, start: number, atEnd: "close" | "refuse"): RepairedJson | null {
  const reader: Reader = { text, at: start, atEnd, repairs: new Set(), open: [] };
  const value = readValue(reader);
  return value === undefined ? null : { value, end: reader.at, repairs: reader.repairs };
}

interface Reader {
  readonly text: string;
  at: number;
  readonly atEnd: "close" | "refuse";
  readonly repairs: Set<Repair>;
  /** The closing brackets that are still to come, the outermost first. */
  readonly open: string[];
}

/** Undefined where there is none. */
function readValue(reader: Reader): Json | undefined {
  skipTrivia(reader);
  const char = reader.text[reader.at];
  if (char === "{" || char === "[") {
    if (reader.open.length >= mostDepth) return undefined;
    reader.at += 1;
    reader.open.push(char === "{" ? "}" : "]");
    const value = char === "{" ? readMembers(reader) : readItems(reader);
    reader.open.pop();
    return value;
  }
  if (char === '"' || char === "'") return readString(reader, char);
  return readNumber(reader) ?? readWord(reader);
}

function readItems(reader: Reader): Json | undefined {
  const items: Json[] = [];
  for (let place: Place = "first"; ; place = "later") {
    const next = readSeparator(reader, place);
    if (next === "broken") return undefined;
    if (next === "end") return items;
    const item = readValue(reader);
    if (item === undefined) return undefined;
    items.push(item);
  }
}

function readMembers(reader: Reader): Json | undefined {
  // Not an object that is written to: `__proto__` is a key like any other.
  const members = new Map<string, Json>();
  for (let place: Place = "first"; ; place = "later") {
    const next = readSeparator(reader, place);
    if (next === "broken") return undefined;
    if (next === "end") return Object.fromEntries(members);
    const key = readKey(reader);
    skipTrivia(reader);
    if (key === undefined || reader.text[reader.at] !== ":") return undefined;
    reader.at += 1;
    const value = readValue(reader);
    if (value === undefined) return undefined;
    members.set(key, value);
  }
}

/** Whether an element is the first of its list or object, with no comma before it. */
type Place = "first" | "later";

/** What stands before the next element: nothing, a comma, or a closing bracket, which may be another's or missing. */
function readSeparator(reader: Reader, place: Place): "element" | "end" | "broken" {
  skipTrivia(reader);
  const isFirst = place === "first";
  let hasComma = isFirst;
  if (!isFirst && reader.text[reader.at] === ",") {
    hasComma = true;
    reader.at += 1;
    skipTrivia(reader);
  }
  const char = reader.text[reader.at];
  const closer = reader.open.at(-1);
  if (char === undefined) {
    if (reader.atEnd === "refuse") return "broken";
    reader.repairs.add("missing closing brackets");
    return "end";
  }
  if (char === "}" || char === "]") {
    if (hasComma && !isFirst) reader.repairs.add("commas after the last element");
    if (char === closer) reader.at += 1;
    else if (reader.open.includes(char)) reader.repairs.add("missing closing brackets");
    else return "broken";
    return "end";
  }
  if (hasComma) return "element";
  if (char !== '"' && char !== "{" && char !== "[") return "broken";
  reader.repairs.add("missing commas");
  return "element";
}

const identifier = /[A-Za-z_$][\w$-]*/y;

function readKey(reader: Reader): string | undefined {
  const char = reader.text[reader.at];
  if (char === '"' || char === "'") return readString(reader, char);
  const name = take(reader, identifier);
  if (name !== undefined) reader.repairs.add("keys without quotes");
  return name;
}

const escapes: Readonly<Record<string, string>> = {
  ...{ '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" },
};

const hexDigits = /[\da-fA-F]{4}/y;

function readString(reader: Reader, quote: '"' | "'"): string | undefined {
  const { text, repairs } = reader;
  if (quote === "'") repairs.add("single quotes");
  let value = "";
  let from = reader.at + 1;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === quote) {
      reader.at = at + 1;
      return value + text.slice(from, at);
    }
    if (char === "\n" || char === "\r" || char === "\t") repairs.add("line breaks within a text");
    if (char !== "\\") continue;
    value += text.slice(from, at);
    const escaped = text[at + 1];
    if (escaped === undefined) return undefined;
    at += 1;
    hexDigits.lastIndex = at + 1;
    const code = escaped === "u" ? hexDigits.exec(text)?.[0] : undefined;
    if (code !== undefined) {
      value += String.fromCharCode(Number.parseInt(code, 16));
      at += 4;
    } else {
      if (!Object.hasOwn(escapes, escaped)) repairs.add("wrong escapes");
      // A character that needs no escape means itself.
      value += Object.hasOwn(escapes, escaped) ? escapes[escaped] : escaped;
    }
    from = at + 1;
  }
  return undefined;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;

function readNumber(reader: Reader): number | undefined {
  const { at } = reader;
  const written = take(reader, number);
  // At the very end of the text there may be digits missing.
  if (written !== undefined && reader.at < reader.text.length) return Number(written);
  reader.at = at;
  return undefined;
}

const word = /[A-Za-z]+(?![\w$-])/y;

const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
  ["True", true],
  ["False", false],
  ["None", null],
]);

function readWord(reader: Reader): boolean | null | undefined {
  const written = take(reader, word) ?? "";
  if (/^[TFN]/.test(written)) reader.repairs.add("words of Python");
  return words.get(written);
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const [match] = pattern.exec(reader.text) ?? [];
  if (match !== undefined) reader.at += match.length;
  return match;
}

const space = /\s+/y;

/** White space and comments. One that does not end is left where it is. */
function skipTrivia(reader: Reader): void {
  const { text } = reader;
  for (;;) {
    if (take(reader, space) !== undefined) continue;
    const opening = text.slice(reader.at, reader.at + 2);
    if (opening !== "//" && opening !== "/*") return;
    const end = text.indexOf(opening === "//" ? "\n" : "*/", reader.at + 2);
    if (end < 0) return;
    reader.repairs.add("comments");
    reader.at = opening === "//" ? end : end + 2;
  }
}
