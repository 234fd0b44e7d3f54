import type { JsonValue } from "#core/pipeline";
import { mapTexts } from "./map-texts.ts";

/** What a number begins with that is written as a text; no file has a text like it. */
const MARK = "\u0000number:";

const written = JSON.stringify(MARK).slice(0, -1);

/** Whether a text may have a number of more digits than a number here can hold; most have none. */
export function mayHaveLongNumbers(text: string): boolean {
  return /\d{16}|\d[eE][+-]?\d{3}/.test(text);
}

/** A pipeline's text in which such numbers are texts, so that none of their digits is lost when it is read. */
export function withLongNumbersAsTexts(text: string): string {
  if (text.includes(written)) return text;
  return text.replaceAll(TOKEN, (token) =>
    /^[-\d]/.test(token) && !isWhole(token) ? JSON.stringify(`${MARK}${token}`) : token,
  );
}

/** The text again with numbers for what {@link withLongNumbersAsTexts} has made texts. */
export function withLongNumbers(text: string): string {
  return text.replaceAll(WRITTEN, "$1");
}

/** A value with the digits of such numbers as texts, for people to read. */
export function shownLongNumbers(value: JsonValue): JsonValue {
  return mapTexts(value, (text) => (text.startsWith(MARK) ? text.slice(MARK.length) : text));
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`;

/** Texts and comments, in which digits are none, and numbers. What is not closed goes on, so that it is gone through once. */
const TOKEN = new RegExp(String.raw`"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*(?:[^]*?\*\/|[^]*)|${NUMBER}`, "g");

const WRITTEN = new RegExp(`${written.replaceAll("\\", "\\\\")}(${NUMBER})"`, "g");

/** Whether a number has all its digits when it is read. */
function isWhole(token: string): boolean {
  return digitsOf(String(Number(token))) === digitsOf(token);
}

/** The digits that count, without those that only say how great it is. */
function digitsOf(number: string): string {
  return number
    .replace(/[eE].*/, "")
    .replace(/[-.]/g, "")
    .replace(/^0+/, "")
    .replace(/0+$/, "");
}
