import type { Json } from "#core/ports";
import { secretMarker } from "../secret-marker.ts";
import { formsOf } from "./forms.ts";

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
  readonly text: string;
  readonly marker: string;
}

/** Blots out these values, by the source that their markers name. */
export function createBlotter(values: ReadonlyMap<string, string>, mark: string): Blotter {
  const needles: Needle[] = Array.from(values, ([source, value]) =>
    Array.from(formsOf(value), ([form, text]) => ({ text, marker: secretMarker(source, form, mark) })),
  )
    .flat()
    // Of two that begin at the same place the longer one counts.
    .toSorted((one, other) => other.text.length - one.text.length);

  const text = (given: string): string => blotted(given, given.length, needles).done;

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
