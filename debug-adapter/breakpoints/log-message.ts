import { type ParsedTemplate, parseTemplate } from "#core/expressions";

/**
 * Reads the message of a log point: a template, in which an expression may also stand in single braces, as people know
 * it from other debuggers. `\{` is a brace.
 */
export function parseLogMessage(message: string): ParsedTemplate {
  let text = "";
  let at = 0;
  while (at < message.length) {
    if (message.startsWith("{{", at) || message.startsWith("\\{{", at)) {
      const close = message.indexOf("}}", at);
      const end = close < 0 ? message.length : close + 2;
      text += message.slice(at, end);
      at = end;
    } else if (message.startsWith("\\{", at)) {
      text += "{";
      at += 2;
    } else if (message[at] === "{") {
      const end = endOfBraces(message, at);
      text += `{{ ${message.slice(at + 1, end)} }}`;
      at = end + 1;
    } else {
      text += message[at];
      at += 1;
    }
  }
  return parseTemplate(text);
}

/** Where the brace at `start` is closed again, be there others or quoted ones in it; the end of the text if nowhere. */
function endOfBraces(text: string, start: number): number {
  let depth = 0;
  let quote: string | null = null;
  for (let at = start; at < text.length; at++) {
    const character = text[at] ?? "";
    if (quote !== null) {
      if (character === "\\") at += 1;
      else if (character === quote) quote = null;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === "{") depth += 1;
    else if (character === "}" && --depth === 0) return at;
  }
  return text.length;
}
