import type { Span } from "#core/pipeline";

/**
 * Where the items of the list of stages stand in a text, without reading any of them. Null where there is no such list,
 * or more than one; whether the text is JSON is for who reads it to say, and where it is not this means nothing.
 * `take` adds the span of the item that begins somewhere, or of several in a row, and gives the end of the last.
 */
export function stageSpans(
  text: string,
  take: (start: number, spans: Span[]) => number = (start, spans) => takeOne(text, start, spans),
): readonly Span[] | null {
  let found: readonly Span[] | null = null;
  let at = afterBlanks(text, 0);
  if (text.charCodeAt(at) !== OPEN_BRACE) return null;
  do {
    const key = afterBlanks(text, at + 1);
    const keyEnd = endOfString(text, key);
    const name = text.slice(key + 1, keyEnd - 1);
    const colon = afterBlanks(text, keyEnd);
    // A key with an escape may be any.
    if (text.charCodeAt(key) !== QUOTE || text.charCodeAt(colon) !== COLON || name.includes("\\"))
      return null;
    at = afterBlanks(text, colon + 1);
    if (name === "stages") {
      if (found !== null || text.charCodeAt(at) !== OPEN_BRACKET) return null;
      found = itemSpans(text, at, take);
      if (found === null) return null;
      at = afterBlanks(text, found.at(-1)?.end ?? at + 1) + 1;
    } else {
      at = endOfValue(text, at);
    }
    at = afterBlanks(text, at);
  } while (text.charCodeAt(at) === COMMA);
  return text.charCodeAt(at) === CLOSE_BRACE ? found : null;
}

/** The items of the list that opens there. Null where something else than a comma stands between two. */
function itemSpans(
  text: string,
  open: number,
  take: (start: number, spans: Span[]) => number,
): readonly Span[] | null {
  const spans: Span[] = [];
  let start = afterBlanks(text, open + 1);
  if (text.charCodeAt(start) === CLOSE_BRACKET) return spans;
  for (;;) {
    const end = take(start, spans);
    if (end === start) return null;
    const next = afterBlanks(text, end);
    const code = text.charCodeAt(next);
    if (code !== COMMA) return code === CLOSE_BRACKET ? spans : null;
    start = afterBlanks(text, next + 1);
  }
}

function takeOne(text: string, start: number, spans: Span[]): number {
  const end = endOfValue(text, start);
  spans.push({ start, end });
  return end;
}

/** Where the value that begins there ends. */
export function endOfValue(text: string, start: number): number {
  const code = text.charCodeAt(start);
  if (code === QUOTE) return endOfString(text, start);
  if (code === OPEN_BRACE || code === OPEN_BRACKET) return endOfBrackets(text, start);
  let at = start;
  while (at < text.length && !endsScalar(text.charCodeAt(at))) at += 1;
  return at;
}

function endOfBrackets(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at) - 1;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      open += 1;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      open -= 1;
      if (open === 0) return at + 1;
    }
  }
  return text.length;
}

/** To look for the next quote is twice as fast as to look at each character. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before -= 1;
    // One behind an odd number of backslashes is a character of the string.
    if ((at - before) % 2 === 1) return at + 1;
  }
  return text.length;
}

function afterBlanks(text: string, start: number): number {
  let at = start;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function endsScalar(code: number): boolean {
  return isBlank(code) || code === COMMA || code === CLOSE_BRACKET || code === CLOSE_BRACE;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
