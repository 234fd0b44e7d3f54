import type { Json } from "#core/ports";
import { SHORTEST_SECRET, secretMarker } from "../secret-marker.ts";
import { formsOf } from "./forms.ts";

/** The form of a beginning. Nothing can be put back in its place. */
const CUT = "cut";

/** Takes values of secrets out of what a component tells. */
export interface Blotter {
  /** The text with a marker in the place of each form of each secret. */
  text(text: string): string;
  /** The same in every text, key and number of a value. */
  value(value: Json): Json;
  /** The same for a text that comes in pieces, wherever they are cut. */
  stream(): StreamBlotter;
}

/** Holds back the end of what came where a secret may have begun. */
export interface StreamBlotter {
  /** What of it can be told by now. */
  take(piece: string): string;
  /** What is left. */
  end(): string;
}

interface Needle {
  readonly source: string;
  readonly text: string;
  readonly marker: string;
}

/** Blots out these values, by the source that their markers name. */
export function createBlotter(values: ReadonlyMap<string, string>, mark: string): Blotter {
  const needles: Needle[] = Array.from(values, ([source, value]) =>
    Array.from(formsOf(value), ([form, text]) => ({
      source,
      text,
      marker: secretMarker(source, form, mark),
    })),
  )
    .flat()
    // Of two that begin at the same place the longer one counts.
    .toSorted((one, other) => other.text.length - one.text.length);

  const text = (given: string): string => {
    const { done } = blotted(given, given.length, needles);
    return done.includes("…") ? withoutBeginnings(done, needles, mark) : done;
  };

  const value = (given: Json): Json => {
    if (typeof given === "string") return text(given);
    if (typeof given === "number") {
      const written = String(given);
      const told = text(written);
      return told === written ? given : told;
    }
    if (typeof given !== "object" || given === null) return given;
    if (Array.isArray(given)) return given.map(value);
    return Object.fromEntries(Object.entries(given).map(([key, member]) => [text(key), value(member)]));
  };

  return {
    text,
    value,
    stream: () => {
      let held = "";
      return {
        take(piece) {
          held += piece;
          const { done, rest } = blotted(held, safeLength(held, needles), needles);
          held = rest;
          return done;
        },
        end() {
          const rest = text(held);
          held = "";
          return rest;
        },
      };
    },
  };
}

/** Blots out what begins before `end`; what follows is the rest. */
function blotted(
  text: string,
  end: number,
  needles: readonly Needle[],
): { readonly done: string; readonly rest: string } {
  let done = "";
  let from = 0;
  for (;;) {
    const found = firstIn(text, from, needles);
    if (found === undefined || found.at >= end) break;
    done += text.slice(from, found.at) + found.needle.marker;
    from = found.at + found.needle.text.length;
  }
  const safe = Math.max(from, end);
  return { done: done + text.slice(from, safe), rest: text.slice(safe) };
}

/** Without what a message quotes of a secret when it cuts a long text short: the beginning of one, and `…`. */
function withoutBeginnings(text: string, needles: readonly Needle[], mark: string): string {
  const [first = "", ...others] = text.split("…");
  let done = "";
  let before = first;
  for (const next of others) {
    const cut = longestBeginning(before, needles);
    done +=
      cut === undefined ? before : before.slice(0, -cut.length) + secretMarker(cut.needle.source, CUT, mark);
    done += "…";
    before = next;
  }
  return done + before;
}

/** The longest beginning of a secret that a text ends with. */
function longestBeginning(
  text: string,
  needles: readonly Needle[],
): { readonly length: number; readonly needle: Needle } | undefined {
  if (text.length < SHORTEST_SECRET) return undefined;
  const end = text.slice(-SHORTEST_SECRET);
  let longest: { readonly length: number; readonly needle: Needle } | undefined;
  for (const needle of needles) {
    for (let at = needle.text.indexOf(end); at >= 0; at = needle.text.indexOf(end, at + 1)) {
      const length = at + SHORTEST_SECRET;
      if (length > (longest?.length ?? 0) && text.endsWith(needle.text.slice(0, length)))
        longest = { length, needle };
    }
  }
  return longest;
}

function firstIn(
  text: string,
  from: number,
  needles: readonly Needle[],
): { readonly at: number; readonly needle: Needle } | undefined {
  let first: { readonly at: number; readonly needle: Needle } | undefined;
  for (const needle of needles) {
    const at = text.indexOf(needle.text, from);
    if (at >= 0 && (first === undefined || at < first.at)) first = { at, needle };
  }
  return first;
}

/** How much of a text no further piece can make into a secret: up to where the beginning of one stands at its end. */
function safeLength(text: string, needles: readonly Needle[]): number {
  const longest = needles[0]?.text.length ?? 0;
  for (let at = Math.max(0, text.length - longest + 1); at < text.length; at++) {
    const end = text.slice(at);
    if (needles.some((needle) => needle.text.length > end.length && needle.text.startsWith(end))) return at;
  }
  return text.length;
}
