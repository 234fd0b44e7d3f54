import { type Budget, takeSize } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import type { Value } from "../value.ts";
import { integerOf, textOf } from "./arguments.ts";
import { define, type FunctionDefinition } from "./definition.ts";
import { groupOf, type Search, search } from "./pattern.ts";

export const patternFunctions: readonly FunctionDefinition[] = [
  define("matches(text, pattern)", ({ budget }, [text, pattern]) =>
    start(pattern, text, budget).matcher.find(),
  ),
  define("regex_search(text, pattern, group?)", ({ budget }, [text, pattern, group]) => {
    const found = start(pattern, text, budget);
    const wanted = groupNumber(found, group);
    return found.matcher.find() ? groupOf(found.matcher, wanted, budget) : null;
  }),
  define("regex_findall(text, pattern, group?)", ({ budget }, [text, pattern, group]) => {
    const found = start(pattern, text, budget);
    const wanted = groupNumber(found, group);
    const matches: Value[] = [];
    while (found.matcher.find()) matches.push(groupOf(found.matcher, wanted, budget));
    return matches;
  }),
  define(
    "regex_replace(text, pattern, replacement, count?)",
    ({ budget }, [text, pattern, replacement, count]) =>
      replaceMatches(
        start(pattern, text, budget),
        textOf(text, budget),
        textOf(replacement, budget),
        integerOf(count, -1),
        budget,
      ),
  ),
  define("regex_split(text, pattern)", ({ budget }, [text, pattern]) => {
    const { matcher } = start(pattern, text, budget);
    const written = textOf(text, budget);
    const parts: string[] = [];
    let from = 0;
    while (matcher.find()) {
      // An empty match between two characters splits nothing.
      if (matcher.end() === matcher.start()) continue;
      parts.push(written.slice(from, matcher.start()));
      from = matcher.end();
      takeSize(budget, 1);
    }
    takeSize(budget, written.length);
    return [...parts, written.slice(from)];
  }),
];

function start(pattern: Value | undefined, text: Value | undefined, budget: Budget): Search {
  return search(textOf(pattern, budget), textOf(text, budget), budget);
}

function groupNumber({ groupCount }: Search, group: Value | undefined): number {
  const number = integerOf(group, 0);
  return number >= 0 && number <= groupCount
    ? number
    : fail("value", `has ${groupCount} groups, and none with the number ${number}.`);
}

/** `$1`, `${1}` and `\1` in the replacement are groups, `$0` the whole match, `$$` a dollar sign. */
const GROUP = /\$(\d)|\$\{(\d{1,3})\}|\\(\d)|\$(\$)/g;

function replaceMatches(
  { matcher, groupCount }: Search,
  text: string,
  replacement: string,
  count: number,
  budget: Budget,
): string {
  const pieces: string[] = [];
  let from = 0;
  for (let done = 0; (count < 0 || done < count) && matcher.find(); done++) {
    pieces.push(text.slice(from, matcher.start()));
    pieces.push(
      replacement.replaceAll(
        GROUP,
        (_whole, dollar?: string, braces?: string, backslash?: string, escaped?: string) => {
          if (escaped !== undefined) return "$";
          const group = Number(dollar ?? braces ?? backslash);
          if (group > groupCount)
            fail("value", `has ${groupCount} groups, and none with the number ${group}.`);
          return groupOf(matcher, group, budget) ?? "";
        },
      ),
    );
    takeSize(budget, replacement.length + 1);
    from = matcher.end();
  }
  takeSize(budget, text.length);
  return pieces.join("") + text.slice(from);
}
