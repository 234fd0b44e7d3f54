import type { Json } from "#core/ports";

/** Places where JSON may begin that are tried before a text counts as having none. */
const mostTries = 50;

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
