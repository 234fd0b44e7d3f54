import { type Budget, takeSize, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { charactersOf, lengthOfText, toText } from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { isGiven, textOf } from "./arguments.ts";

/** What text functions and text methods share. */

/** The text with a capital first and the rest small. */
export function capitalize(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length).toLowerCase();
}

/** Upper case after anything that is no letter, as in Python, but not after an apostrophe. */
export function titleCase(text: string): string {
  return text.toLowerCase().replaceAll(/(?:^|[^\p{L}\p{N}'’])\p{L}/gu, (match) => match.toUpperCase());
}

/** Takes white space, or any of the characters given, off the ends. */
export function trim(text: string, characters: Value | undefined, ends: "both" | "start" | "end"): string {
  if (!isGiven(characters)) {
    if (ends === "both") return text.trim();
    return ends === "start" ? text.trimStart() : text.trimEnd();
  }
  if (typeof characters !== "string") return fail("type", "needs a text of the characters to take off.");
  const set = new Set(characters);
  const all = Array.from(text);
  let start = 0;
  let end = all.length;
  if (ends !== "end") while (start < end && set.has(all[start] ?? "")) start++;
  if (ends !== "start") while (end > start && set.has(all[end - 1] ?? "")) end--;
  return all.slice(start, end).join("");
}

/** Replaces the first `count` places, or all when `count` is negative. */
export function replace(
  text: string,
  old: string,
  replacement: string,
  count: number,
  budget: Budget,
): string {
  const limit = count < 0 ? Number.POSITIVE_INFINITY : count;
  if (old === "") {
    const characters = charactersOf(text, budget);
    const places = Math.min(limit, characters.length + 1);
    takeSize(budget, text.length + places * replacement.length);
    const spread = characters
      .map((character, index) => (index < places ? replacement + character : character))
      .join("");
    return places > characters.length ? spread + replacement : spread;
  }
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(old); at !== -1 && pieces.length < limit; at = text.indexOf(old, from)) {
    takeSize(budget, replacement.length + 1);
    pieces.push(text.slice(from, at));
    from = at + old.length;
  }
  if (pieces.length === 0) return text;
  takeSize(budget, text.length);
  return `${pieces.join(replacement)}${replacement}${text.slice(from)}`;
}

/** Splits at a separator, or at runs of white space when that is null; at most `limit` times when not negative. */
export function split(text: string, separator: Value, limit: number, budget: Budget): readonly string[] {
  takeSize(budget, text.length);
  if (separator === null) {
    const trimmed = text.trim();
    if (trimmed === "") return [];
    return limit < 0 ? trimmed.split(/\s+/) : splitAtSpace(trimmed, limit);
  }
  const mark = textOf(separator, budget);
  if (mark === "")
    return fail("value", "needs a separator that is not empty; for characters write list(text).");
  const parts: string[] = [];
  let from = 0;
  for (
    let at = text.indexOf(mark);
    at !== -1 && (limit < 0 || parts.length < limit);
    at = text.indexOf(mark, from)
  ) {
    takeSize(budget, 1);
    parts.push(text.slice(from, at));
    from = at + mark.length;
  }
  parts.push(text.slice(from));
  return parts;
}

function splitAtSpace(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (parts.length < limit) {
    const at = rest.search(/\s/);
    if (at === -1) break;
    parts.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...parts, rest];
}

/** Joins values as a template would embed them. */
export function join(items: readonly Value[], separator: string, budget: Budget): string {
  takeSteps(budget, items.length);
  const texts: string[] = [];
  for (const item of items) {
    const text = toText(item, budget);
    takeSize(budget, text.length + separator.length);
    texts.push(text);
  }
  return texts.join(separator);
}

/** The text filled up to `width` characters; as it is where it has as many. */
export function pad(
  text: string,
  width: number,
  fill: string,
  place: "start" | "end" | "center",
  budget: Budget,
): string {
  const missing = width - lengthOfText(text, budget);
  if (missing <= 0) return text;
  if (lengthOfText(fill, budget) !== 1) fail("value", "needs exactly one character to fill with.");
  takeSize(budget, width);
  if (place === "start") return fill.repeat(missing) + text;
  if (place === "end") return text + fill.repeat(missing);
  const before = Math.floor(missing / 2);
  return fill.repeat(before) + text + fill.repeat(missing - before);
}

/** Breaks lines at spaces; a word longer than the width is broken. */
export function wrap(text: string, width: number, budget: Budget): string {
  if (width < 1) fail("value", "needs a width of at least 1.");
  takeSize(budget, text.length * 2);
  return text
    .split("\n")
    .map((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): string {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    let rest = word;
    if (current !== "" && current.length + 1 + rest.length > width) {
      lines.push(current);
      current = "";
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    current = current === "" ? rest : `${current} ${rest}`;
  }
  return [...lines, current].join("\n");
}
