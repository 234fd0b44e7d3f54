import type { Json } from "#core/ports";
import { type Repair, repairJson } from "./repair-json.ts";

/** Places where JSON may begin that are tried before a text counts as having none. */
const mostTries = 20;

/** The JSON that a text is or holds: in a ``` fence, or the first object or list amid words; undefined when there is none. */
export function jsonWithin(text: string): Json | undefined {
  const trimmed = text.trim();
  const whole = parsed(trimmed);
  if (whole !== undefined) return whole;
  let tries = 0;
  for (let at = nextOpening(trimmed, 0); at >= 0 && tries < mostTries; at = nextOpening(trimmed, at + 1)) {
    const end = closingOf(trimmed, at);
    const value = end === undefined ? undefined : parsed(trimmed.slice(at, end + 1));
    if (value !== undefined) return value;
    tries += 1;
  }
  return undefined;
}

/** JSON found in a text, and what had to be overlooked. */
export interface FoundJson {
  readonly value: Json;
  readonly repairs: readonly Repair[];
}

/**
 * All that a text may mean by JSON, the likeliest first: the whole, what stands in a ``` fence, objects and lists amid
 * words; what is nearly JSON is repaired. `atEnd` as for {@link repairJson}. Takes linear time.
 */
export function* jsonIn(text: string, atEnd: "close" | "refuse"): Iterable<FoundJson> {
  const trimmed = text.trim();
  const whole = parsed(trimmed);
  if (whole !== undefined) {
    yield { value: whole, repairs: [] };
    return;
  }
  for (const part of [...fencedIn(trimmed), trimmed]) {
    let tries = 0;
    for (let at = nextOpening(part, 0); at >= 0 && tries < mostTries; tries++) {
      const close = closingOf(part, at);
      const plain = close === undefined ? undefined : parsed(part.slice(at, close + 1));
      if (close !== undefined && plain !== undefined) {
        yield { value: plain, repairs: [] };
        at = nextOpening(part, close + 1);
        continue;
      }
      const found = repairJson(part, at, atEnd);
      if (found !== null) yield { value: found.value, repairs: [...found.repairs] };
      // What follows a bracket that an answer which was cut off leaves open is a part of it.
      else if (close === undefined && atEnd === "refuse") break;
      at = nextOpening(part, found === null ? at + 1 : found.end);
    }
  }
}

/** What stands between ``` and ```, without the language's name; the last may lack its end. */
function* fencedIn(text: string): Iterable<string> {
  const parts = text.split("```");
  for (let index = 1; index < parts.length && index < 2 * mostTries; index += 2) {
    yield (parts[index] ?? "").replace(/^\w*[^\S\n]*\n?/, "");
  }
}

function parsed(text: string): Json | undefined {
  if (text[0] !== "{" && text[0] !== "[") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is one of this function's two answers.
    return undefined;
  }
}

function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (text[at] === "{" || text[at] === "[") return at;
  return -1;
}

/** Where the bracket opened at `start` closes, strings set aside; undefined when it does not. */
function closingOf(text: string, start: number): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (isInString) {
      if (char === "\\") at += 1;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = true;
    else if (char === "{" || char === "[") depth += 1;
    else if (char === "}" || char === "]") {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return undefined;
}
