import { type Matcher, MatcherInput, RE2JS, RE2JSException } from "re2js";
import { type Budget, takeSize, takeSteps } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";

/** A compiled pattern, and a text that it is looked for in. */
export interface Search {
  readonly matcher: Matcher;
  readonly groupCount: number;
}

/**
 * Compiles a pattern and starts to look for it. RE2 needs time linear in the text for one match; finding all matches
 * could still look at the rest of the text for each, so that every character looked at is charged.
 */
export function search(pattern: string, text: string, budget: Budget): Search {
  const compiled = compile(pattern, budget);
  const cost = Math.max(1, compiled.programSize() / STATES_PER_STEP);
  const counted = countedText(text, (characters) => takeSteps(budget, characters * cost));
  return { matcher: compiled.matcher(MatcherInput.utf16(counted)), groupCount: compiled.groupCount() };
}

const STATES_PER_STEP = 16;
const MAX_PATTERN = 1000;
const MAX_PROGRAM = 10_000;

function compile(pattern: string, budget: Budget): RE2JS {
  if (pattern.length > MAX_PATTERN) fail("pattern", `takes patterns of at most ${MAX_PATTERN} characters.`);
  takeSteps(budget, pattern.length);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return fail(
      "pattern",
      `cannot use the pattern "${pattern}": ${error.message}. Look-around and back-references do not exist here.`,
    );
  }
  const size = compiled.programSize();
  if (size > MAX_PROGRAM)
    fail("pattern", `cannot use the pattern "${pattern.slice(0, 40)}": its repetitions are too many.`);
  takeSteps(budget, size);
  return compiled;
}

/**
 * A text that counts what RE2JS looks at, so that the charge is for the work done, whatever the pattern. RE2JS takes
 * what calls itself a String, and reads it through these methods only. It must not extend String: V8 then looks up
 * the methods of all strings of the program anew at each call, which makes reading them several times slower.
 */
function countedText(text: string, look: (characters: number) => void): object {
  return {
    [Symbol.toStringTag]: "String",
    length: text.length,
    charCodeAt: (index: number): number => {
      look(1);
      return text.charCodeAt(index);
    },
    indexOf: (wanted: string, from = 0): number => {
      const found = text.indexOf(wanted, from);
      // The platform's own search is many times faster than the automaton.
      look(1 + ((found === -1 ? text.length : found) - from) / 64);
      return found;
    },
    substring: (from: number, to: number): string => text.substring(from, to),
    toString: (): string => text,
  };
}

/** The text of a match's group; null where the group took no part. */
export function groupOf(matcher: Matcher, group: number, budget: Budget): string | null {
  const found = matcher.group(group);
  takeSize(budget, (found ?? "").length + 1);
  return found;
}
