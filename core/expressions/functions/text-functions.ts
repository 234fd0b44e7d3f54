import { takeSize } from "../evaluate/budget.ts";
import { fail } from "../evaluate/fault.ts";
import {
  charactersOf,
  describe,
  isList,
  isObject,
  isTrue,
  lengthOfText,
  toText,
} from "../evaluate/values.ts";
import type { Value } from "../value.ts";
import { finite, integerOf, isGiven, itemsOf, numberOf, writtenText } from "./arguments.ts";
import { attributeOf } from "./attribute.ts";
import { type ArgumentValues, type Calculation, define, type FunctionDefinition } from "./definition.ts";
import { formatText } from "./format-text.ts";
import { capitalize, join, pad, replace, split, titleCase, trim, wrap } from "./texts.ts";

export const textFunctions: readonly FunctionDefinition[] = [
  define("upper(text)", ({ budget }, [text]) => sized(budget, writtenText(text, budget)).toUpperCase()),
  define("lower(text)", ({ budget }, [text]) => sized(budget, writtenText(text, budget)).toLowerCase()),
  define("capitalize(text)", ({ budget }, [text]) => capitalize(sized(budget, writtenText(text, budget)))),
  define("title(text)", ({ budget }, [text]) => titleCase(sized(budget, writtenText(text, budget)))),
  define(
    "trim(text, characters?)",
    ({ budget }, [text, characters]) => trim(writtenText(text, budget), characters, "both"),
    "strip",
  ),
  define("replace(text, old, new, count?)", ({ budget }, [text, old, replacement, count]) =>
    replace(
      writtenText(text, budget),
      writtenText(old, budget),
      writtenText(replacement, budget),
      integerOf(count, -1),
      budget,
    ),
  ),
  define("split(text, separator?, limit?)", ({ budget }, [text, separator, limit]) =>
    split(writtenText(text, budget), separator ?? null, integerOf(limit, -1), budget),
  ),
  define("join(list, separator?, attribute?)", ({ budget }, [list, separator, attribute]) => {
    const items = itemsOf(list, budget);
    const chosen = isGiven(attribute) ? items.map((item) => attributeOf(item, attribute)) : items;
    return join(chosen, isGiven(separator) ? writtenText(separator, budget) : "", budget);
  }),
  define("truncate(text, length?, killwords?, end?, leeway?)", truncate),
  define(
    "wordcount(text)",
    ({ budget }, [text]) => writtenText(text, budget).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0,
  ),
  define("wordwrap(text, width?)", ({ budget }, [text, width]) =>
    wrap(writtenText(text, budget), integerOf(width, 79), budget),
  ),
  define("indent(text, width?, first?, blank?)", indent),
  define("center(text, width?)", ({ budget }, [text, width]) =>
    pad(writtenText(text, budget), integerOf(width, 80), " ", "center", budget),
  ),
  define("format(text, ...values)", ({ budget }, [text, ...values]) =>
    formatText(writtenText(text, budget), values, budget),
  ),
  define("urlencode(value)", urlEncode),
  define("escape(text)", ({ budget }, [text]) => escapeHtml(toText(text ?? null, budget), budget), "e"),
  define("striptags(text)", ({ budget }, [text]) => stripTags(writtenText(text, budget))),
  define("quote(value)", ({ budget }, [value]) => quoteForShell(value ?? null, budget)),
  define("str(value)", ({ budget }, [value]) => toText(value ?? null, budget), "string"),
  define("int(value, default?)", (_, [value, otherwise]) => toNumber(value ?? null, otherwise, "whole")),
  define("float(value, default?)", (_, [value, otherwise]) => toNumber(value ?? null, otherwise, "any")),
  define("bool(value)", (_, [value]) => isTrue(value ?? null)),
];

/** One word of a POSIX shell for a text; a list is a word for each item. */
function quoteForShell(value: Value, budget: Calculation["budget"]): string {
  const words = isList(value) ? value : [value];
  return sized(budget, words.map((word) => `'${toText(word, budget).replaceAll("'", "'\\''")}'`).join(" "));
}

function sized(budget: Calculation["budget"], text: string): string {
  takeSize(budget, text.length);
  return text;
}

function truncate({ budget }: Calculation, [text, length, killwords, end, leeway]: ArgumentValues): Value {
  const written = writtenText(text, budget);
  const limit = integerOf(length, 255);
  const ending = isGiven(end) ? writtenText(end, budget) : "...";
  if (limit < lengthOfText(ending, budget))
    fail("value", `needs a length of at least ${ending.length}, that of "${ending}".`);
  const characters = charactersOf(written, budget);
  if (characters.length <= limit + integerOf(leeway, 5)) return written;
  const cut = characters.slice(0, limit - lengthOfText(ending, budget)).join("");
  const space = isTrue(killwords ?? null) ? -1 : cut.lastIndexOf(" ");
  return (space === -1 ? cut : cut.slice(0, space)) + ending;
}

function indent({ budget }: Calculation, [text, width, first, blank]: ArgumentValues): Value {
  const margin =
    typeof width === "string" ? width : " ".repeat(Math.max(0, Math.min(integerOf(width, 4), MAX_MARGIN)));
  const lines = writtenText(text, budget).split("\n");
  takeSize(budget, lines.length * margin.length);
  return lines
    .map((line, index) =>
      (index === 0 && !isTrue(first ?? null)) || (line === "" && !isTrue(blank ?? null))
        ? line
        : margin + line,
    )
    .join("\n");
}

const MAX_MARGIN = 1000;

/** A text percent-encoded; an object or a list of pairs as a query. */
function urlEncode({ budget }: Calculation, [value]: ArgumentValues): Value {
  const encode = (part: Value): string => {
    const text = toText(part, budget);
    takeSize(budget, text.length * 3);
    // A lone surrogate is no character and cannot be encoded.
    return encodeURIComponent(text.toWellFormed()).replaceAll(
      /[!'()*]/g,
      (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  };
  if (isObject(value))
    return Object.entries(value)
      .map(([key, member]) => `${encode(key)}=${encode(member)}`)
      .join("&");
  if (!isList(value)) return encode(value ?? null).replaceAll("%2F", "/");
  return value
    .map((pair) => (isList(pair) ? pair.slice(0, 2).map(encode).join("=") : encode(pair)))
    .join("&");
}

const htmlEscapes: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
]);

function escapeHtml(text: string, budget: Calculation["budget"]): string {
  takeSize(budget, text.length * 5);
  return text.replaceAll(/[&<>"']/g, (mark) => htmlEscapes.get(mark) ?? mark);
}

/** Leaves out what stands between angle brackets, and makes one space of several. */
function stripTags(text: string): string {
  let result = "";
  let from = 0;
  for (let open = text.indexOf("<"); open !== -1; open = text.indexOf("<", from)) {
    const close = text.startsWith("<!--", open) ? text.indexOf("-->", open) : text.indexOf(">", open);
    if (close === -1) break;
    result += text.slice(from, open);
    from = close + (text.startsWith("<!--", open) ? 3 : 1);
  }
  return (result + text.slice(from))
    .split(/\s+/)
    .filter((word) => word !== "")
    .join(" ");
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** What is no number fails, unless there is a default: a silent 0 would be a wrong answer. */
function toNumber(value: Value, otherwise: Value | undefined, kind: "whole" | "any"): Value {
  const number =
    typeof value === "string"
      ? readNumber(value)
      : value === null || typeof value === "object"
        ? undefined
        : numberOf(value);
  if (number !== undefined) return finite(kind === "whole" ? Math.trunc(number) : number);
  if (otherwise !== undefined) return otherwise;
  return fail("value", `cannot make a number of ${describe(value)}; give a default, as in int(value, 0).`);
}

function readNumber(text: string): number | undefined {
  const trimmed = text.trim();
  return NUMBER.test(trimmed) ? Number(trimmed) : undefined;
}
