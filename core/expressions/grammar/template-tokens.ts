import { ExternalTokenizer, type InputStream } from "@lezer/lr";
import { BACKSLASH, CLOSE, endOfSource, OPEN, type Peek } from "./scan.ts";
import {
  Close,
  ElseTag,
  EndTag,
  Escape,
  Open,
  OpenElseIf,
  OpenIf,
  OpenUnless,
  Source,
  Text,
} from "./template.terms.ts";

/** The pieces of a template: text, `\{{`, tags, and what stands inside a tag as one piece. */
export const templateTokens = new ExternalTokenizer((input, stack) => {
  if (input.next === -1) return;
  const peek: Peek = (offset) => input.peek(offset);
  if (stack.canShift(Source) || stack.canShift(Close)) inTag(input, peek);
  else if (isOpening(peek, 0)) openTag(input, peek);
  else if (isEscape(peek, 0)) input.acceptToken(Escape, 3);
  else input.acceptToken(Text, endOfText(peek));
});

function inTag(input: InputStream, peek: Peek): void {
  if (input.next === CLOSE && peek(1) === CLOSE) {
    input.acceptToken(Close, 2);
    return;
  }
  const end = endOfSource(peek, 0);
  input.acceptToken(Source, end === -1 ? endOfInput(peek) : end);
}

/** The longest first: `{{else if` before `{{else`. */
const blockTags = [
  { words: ["#if"], token: OpenIf, whole: false },
  { words: ["#unless"], token: OpenUnless, whole: false },
  { words: ["else", "if"], token: OpenElseIf, whole: false },
  { words: ["else"], token: ElseTag, whole: true },
  { words: ["/if"], token: EndTag, whole: true },
  { words: ["/unless"], token: EndTag, whole: true },
] as const;

function openTag(input: InputStream, peek: Peek): void {
  for (const { words, token, whole } of blockTags) {
    const end = endOfWords(peek, words);
    if (end === -1) continue;
    if (!whole) {
      input.acceptToken(token, end);
      return;
    }
    const close = skipSpace(peek, end);
    if (isClosing(peek, close)) {
      input.acceptToken(token, close + 2);
      return;
    }
  }
  input.acceptToken(Open, 2);
}

/** The offset behind `{{` and the words, where they stand there and end; else -1. */
function endOfWords(peek: Peek, words: readonly string[]): number {
  let offset = 2;
  for (const word of words) {
    offset = skipSpace(peek, offset);
    for (let index = 0; index < word.length; index++, offset++) {
      if (peek(offset) !== word.charCodeAt(index)) return -1;
    }
    if (!isSpace(peek(offset)) && !isClosing(peek, offset)) return -1;
  }
  return offset;
}

/** Text goes on to the next tag or escape. Two backslashes and more before `{{` are text. */
function endOfText(peek: Peek): number {
  let backslashes = 0;
  for (let offset = 0; ; offset++) {
    const code = peek(offset);
    if (code === -1) return offset;
    if (code === BACKSLASH) backslashes++;
    else {
      if (isOpening(peek, offset)) return backslashes === 1 ? offset - 1 : offset;
      backslashes = 0;
    }
  }
}

function endOfInput(peek: Peek): number {
  let offset = 0;
  while (peek(offset) !== -1) offset++;
  return offset;
}

function isEscape(peek: Peek, offset: number): boolean {
  return peek(offset) === BACKSLASH && isOpening(peek, offset + 1);
}

function isOpening(peek: Peek, offset: number): boolean {
  return peek(offset) === OPEN && peek(offset + 1) === OPEN;
}

function isClosing(peek: Peek, offset: number): boolean {
  return peek(offset) === CLOSE && peek(offset + 1) === CLOSE;
}

function skipSpace(peek: Peek, from: number): number {
  let offset = from;
  while (isSpace(peek(offset))) offset++;
  return offset;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0;
}
