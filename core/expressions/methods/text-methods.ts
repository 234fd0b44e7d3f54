import { takeSize } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import { charactersOf, describe, isList } from "../evaluate/values.ts";
import { integerOf, isGiven, itemsOf, textOf } from "../functions/arguments.ts";
import { type Calculation, define, type FunctionDefinition, tableOf } from "../functions/definition.ts";
import { formatText } from "../functions/format-text.ts";
import { isCased } from "../functions/tests.ts";
import { capitalize, join, pad, replace, split, titleCase, trim } from "../functions/texts.ts";
import { formatTime, timeOf } from "../functions/time-texts.ts";
import type { Value } from "../value.ts";

/** A method of a text alone: no arguments, text in, value out. */
function plain(
  name: string,
  call: (text: string) => Value,
  ...aliases: readonly string[]
): FunctionDefinition {
  return define(
    `${name}(text)`,
    ({ budget }, [text]) => {
      const written = textOf(text, budget);
      takeSize(budget, written.length);
      return call(written);
    },
    ...aliases,
  );
}

/** Methods of texts, with the text as the first parameter: Python's, and JavaScript's for those that have other names. */
export const textMethods: ReadonlyMap<string, FunctionDefinition> = tableOf<Value>([
  plain("upper", (text) => text.toUpperCase(), "toUpperCase"),
  plain("lower", (text) => text.toLowerCase(), "toLowerCase", "casefold"),
  plain("capitalize", capitalize),
  plain("title", titleCase),
  plain("swapcase", (text) =>
    text.replaceAll(/\p{L}/gu, (letter) =>
      letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
    ),
  ),
  plain("isdigit", (text) => /^\p{Nd}+$/u.test(text), "isdecimal"),
  plain("isnumeric", (text) => /^\p{N}+$/u.test(text)),
  plain("isalpha", (text) => /^\p{L}+$/u.test(text)),
  plain("isalnum", (text) => /^[\p{L}\p{N}]+$/u.test(text)),
  plain("isspace", (text) => /^\s+$/u.test(text)),
  plain("islower", (text) => isCased(text, "lower")),
  plain("isupper", (text) => isCased(text, "upper")),
  define(
    "strip(text, characters?)",
    ({ budget }, [text, characters]) => trim(textOf(text, budget), characters, "both"),
    "trim",
  ),
  define(
    "lstrip(text, characters?)",
    ({ budget }, [text, characters]) => trim(textOf(text, budget), characters, "start"),
    "trimStart",
  ),
  define(
    "rstrip(text, characters?)",
    ({ budget }, [text, characters]) => trim(textOf(text, budget), characters, "end"),
    "trimEnd",
  ),
  define("split(text, sep?, maxsplit?)", ({ budget }, [text, separator, limit]) =>
    split(textOf(text, budget), separator ?? null, integerOf(limit, -1), budget),
  ),
  define("rsplit(text, sep?, maxsplit?)", splitFromEnd),
  define("splitlines(text)", ({ budget }, [text]) => {
    const lines = textOf(text, budget).split(/\r\n|\r|\n/);
    takeSize(budget, lines.length);
    return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
  }),
  define("partition(text, sep)", ({ budget }, [text, separator]) => {
    const [written, mark] = [textOf(text, budget), textOf(separator, budget)];
    const at = written.indexOf(mark);
    return at === -1 ? [written, "", ""] : [written.slice(0, at), mark, written.slice(at + mark.length)];
  }),
  define("join(text, list)", ({ budget }, [text, list]) =>
    join(itemsOf(list, budget), textOf(text, budget), budget),
  ),
  define("replace(text, old, new, count?)", ({ budget }, [text, old, replacement, count]) =>
    replace(
      textOf(text, budget),
      textOf(old, budget),
      textOf(replacement, budget),
      integerOf(count, -1),
      budget,
    ),
  ),
  define("replaceAll(text, old, new)", ({ budget }, [text, old, replacement]) =>
    replace(textOf(text, budget), textOf(old, budget), textOf(replacement, budget), -1, budget),
  ),
  define(
    "startswith(text, prefix)",
    (calculation, [text, prefix]) => hasAffix(calculation, text, prefix, "start"),
    "startsWith",
  ),
  define(
    "endswith(text, suffix)",
    (calculation, [text, suffix]) => hasAffix(calculation, text, suffix, "end"),
    "endsWith",
  ),
  define("removeprefix(text, prefix)", ({ budget }, [text, prefix]) => {
    const [written, mark] = [textOf(text, budget), textOf(prefix, budget)];
    return written.startsWith(mark) ? written.slice(mark.length) : written;
  }),
  define("removesuffix(text, suffix)", ({ budget }, [text, suffix]) => {
    const [written, mark] = [textOf(text, budget), textOf(suffix, budget)];
    return written.endsWith(mark) ? written.slice(0, written.length - mark.length) : written;
  }),
  define(
    "find(text, part)",
    ({ budget }, [text, part]) => indexIn(textOf(text, budget), textOf(part, budget), budget),
    "indexOf",
  ),
  define("index(text, part)", ({ budget }, [text, part]) => {
    const index = indexIn(textOf(text, budget), textOf(part, budget), budget);
    return index === -1
      ? fail("value", `finds no ${describe(part ?? null)}; find() gives -1 instead.`)
      : index;
  }),
  define("count(text, part)", ({ budget }, [text, part]) => {
    const mark = textOf(part, budget);
    if (mark === "") return charactersOf(textOf(text, budget), budget).length + 1;
    return split(textOf(text, budget), mark, -1, budget).length - 1;
  }),
  define("includes(text, part)", ({ budget }, [text, part]) =>
    textOf(text, budget).includes(textOf(part, budget)),
  ),
  define("isoformat(text)", ({ budget }, [text]) => {
    const written = textOf(text, budget);
    timeOf(written);
    return written;
  }),
  define("strftime(text, format)", ({ budget }, [text, format]) => {
    const written = formatTime(timeOf(textOf(text, budget)), textOf(format, budget));
    takeSize(budget, written.length);
    return written;
  }),
  define("zfill(text, width)", ({ budget }, [text, width]) => {
    const written = textOf(text, budget);
    const sign = /^[+-]/.exec(written)?.[0] ?? "";
    return sign + pad(written.slice(sign.length), integerOf(width) - sign.length, "0", "start", budget);
  }),
  define("ljust(text, width, fill?)", (calculation, [text, width, fill]) =>
    padded(calculation, text, width, fill, "end"),
  ),
  define("rjust(text, width, fill?)", (calculation, [text, width, fill]) =>
    padded(calculation, text, width, fill, "start"),
  ),
  define("center(text, width, fill?)", (calculation, [text, width, fill]) =>
    padded(calculation, text, width, fill, "center"),
  ),
  define("format(text, ...values)", ({ budget }, [text, ...values]) =>
    formatBraces(textOf(text, budget), values, budget),
  ),
]);

function padded(
  { budget }: Calculation,
  text: Value | undefined,
  width: Value | undefined,
  fill: Value | undefined,
  place: "start" | "end" | "center",
): Value {
  return pad(
    textOf(text, budget),
    integerOf(width),
    isGiven(fill) ? textOf(fill, budget) : " ",
    place,
    budget,
  );
}

function hasAffix(
  { budget }: Calculation,
  text: Value | undefined,
  affix: Value | undefined,
  place: "start" | "end",
): boolean {
  const written = textOf(text, budget);
  const affixes = isList(affix) ? affix : [affix];
  return affixes.some((each) =>
    place === "start" ? written.startsWith(textOf(each, budget)) : written.endsWith(textOf(each, budget)),
  );
}

/** A position in characters, not in UTF-16 units. */
function indexIn(text: string, part: string, budget: Calculation["budget"]): number {
  const at = text.indexOf(part);
  return at === -1 ? -1 : charactersOf(text.slice(0, at), budget).length;
}

function splitFromEnd(
  { budget }: Calculation,
  [text, separator, limit]: readonly (Value | undefined)[],
): Value {
  const most = integerOf(limit, -1);
  const written = textOf(text, budget);
  const parts = split(written, separator ?? null, -1, budget);
  if (most < 0 || parts.length - 1 <= most) return parts;
  const mark = isGiven(separator) ? textOf(separator, budget) : undefined;
  const tail = parts.slice(parts.length - most);
  if (mark !== undefined) return [parts.slice(0, parts.length - most).join(mark), ...tail];
  // The spaces between the words that stay together are kept as they are.
  let rest = written.trimEnd();
  for (const part of tail.toReversed()) rest = rest.slice(0, rest.length - part.length).trimEnd();
  return [rest.trimStart(), ...tail];
}

/** `{}` and `{0}` are places for values, `{{` and `}}` braces. */
const PLACE = /\{\{|\}\}|\{(\d{0,3})\}/g;

function formatBraces(
  text: string,
  values: readonly (Value | undefined)[],
  budget: Calculation["budget"],
): string {
  let next = 0;
  return text.replaceAll(PLACE, (whole: string, position: string | undefined) => {
    if (whole === "{{") return "{";
    if (whole === "}}") return "}";
    const value = values[position === "" || position === undefined ? next++ : Number(position)];
    if (value === undefined) return fail("value", `has no value for ${whole}.`);
    return formatText("%s", [value], budget);
  });
}
