import { endOfLiteral, isQuote, type LiteralMode, peekInto } from "../grammar/scan.ts";
import type { ExpressionProblem } from "./problem.ts";

/**
 * Says what is wrong with the source between two offsets. `error` is where the parser first could not go on.
 * Unclosed quotes and brackets come first: they are the cause of what the parser stumbles on later.
 */
export function explainSyntax(
  text: string,
  start: number,
  end: number,
  error: number,
  mode: LiteralMode,
): ExpressionProblem {
  if (text.slice(start, end).trim() === "") {
    return { code: "syntax", message: "There is no expression here; write a name or a value.", start, end };
  }
  return unclosed(text, start, end, mode) ?? unexpected(text, start, end, error);
}

const closers: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

function unclosed(
  text: string,
  start: number,
  end: number,
  mode: LiteralMode,
): ExpressionProblem | undefined {
  const source = text.slice(start, end);
  const peek = peekInto(source);
  const open: { readonly bracket: string; readonly offset: number }[] = [];
  for (let offset = 0; offset < source.length; offset++) {
    const character = source[offset] ?? "";
    if (isQuote(source.charCodeAt(offset))) {
      const close = endOfLiteral(peek, offset, mode);
      if (close === -1) {
        return problem(
          "unclosed",
          start + offset,
          end,
          `The text that starts here is not closed; add ${character}.`,
        );
      }
      offset = close - 1;
    } else if (closers[character] !== undefined) open.push({ bracket: character, offset });
    else if (character === ")" || character === "]" || character === "}") {
      const last = open.pop();
      const at = start + offset;
      if (last === undefined)
        return problem("syntax", at, at + 1, `"${character}" closes nothing; remove it.`);
      const expected = closers[last.bracket] ?? "";
      if (expected !== character) {
        return problem(
          "syntax",
          at,
          at + 1,
          `"${last.bracket}" is closed by "${character}"; write ${expected} here.`,
        );
      }
    }
  }
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const at = start + last.offset;
  return problem(
    "unclosed",
    at,
    at + 1,
    `"${last.bracket}" is not closed; add ${closers[last.bracket] ?? ""}.`,
  );
}

/** A word, a number, or one mark of up to three characters. */
const TOKEN = /^(?:[\p{L}_$][\p{L}\p{N}_$]*|\d+|[=!<>&|*/+?.:-]{1,3}|.)/u;

function unexpected(text: string, start: number, end: number, error: number): ExpressionProblem {
  let at = error;
  while (at < end && text.slice(at, at + 1).trim() === "") at++;
  const token = TOKEN.exec(text.slice(at, end))?.[0] ?? "";
  if (token === "") {
    const before = text.slice(start, end).trimEnd();
    const shown = /\S+$/.exec(before.slice(-20))?.[0] ?? before;
    const stop = start + before.length;
    return problem(
      "syntax",
      Math.max(start, stop - 1),
      stop,
      `The expression ends too early: something is missing after "${shown}".`,
    );
  }
  const advice = adviceFor(token, text.slice(start, at).trimEnd(), text.slice(at, end));
  return problem(
    "syntax",
    at,
    at + token.length,
    `"${token}" is not expected here${advice === "" ? "." : `; ${advice}`}`,
  );
}

/** What someone who wrote this most likely meant. */
function adviceFor(token: string, before: string, rest: string): string {
  if (isJmesPath(token, before, rest))
    return "this looks like JMESPath, which only jmespath_expression of a json_transform takes. Here write [x for x in list if x.ok], len(list) or a == 1.";
  if (token.startsWith("=")) return "to compare, write ==.";
  if (token.startsWith("&")) return "write and.";
  if (token.startsWith("#") || token.startsWith("/"))
    return "the only blocks are {{#if …}}, {{#unless …}}, {{else}} and {{/if}}.";
  if (/^[“”‘’`]/u.test(token)) return "quote texts with ' or \".";
  if (/^\d/.test(token) && before.endsWith(".")) return `to take an item of a list, write [${token}].`;
  if (/lambda$/.test(before))
    return "there are no functions of one's own; write a comprehension, as in [x.name for x in items].";
  if (token.startsWith("++") || token.startsWith("--") || /^(?:\+|-|\*|\/)=/.test(rest))
    return "an expression changes nothing.";
  if (/^[\p{L}\d'"([{_$]/u.test(token) && before !== "") {
    return `between it and "${lastWord(before)}" an operator is missing.`;
  }
  return "";
}

/** `[?a == 'b']`, `` `1` ``, `length(@)`, `[*].a`. */
function isJmesPath(token: string, before: string, rest: string): boolean {
  if (token.startsWith("@") || (token.startsWith("?") && before.endsWith("["))) return true;
  if (token.startsWith("`")) return /^`[^`]*`/.test(rest);
  return (token.startsWith("*") || token.startsWith("]")) && before.trimEnd().endsWith("[");
}

function lastWord(text: string): string {
  return /\S+$/u.exec(text.slice(-30))?.[0] ?? text;
}

function problem(
  code: "syntax" | "unclosed",
  start: number,
  end: number,
  message: string,
): ExpressionProblem {
  return { code, message, start, end: Math.max(end, start) };
}
