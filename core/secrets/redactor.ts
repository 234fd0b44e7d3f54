import type { Json } from "#core/ports";
import { type Automaton, createAutomaton } from "./automaton.ts";
import { withoutBeginnings } from "./cut-texts.ts";
import { type Needle, needlesOf } from "./needle.ts";
import { revealer } from "./reveal.ts";
import { scan } from "./scan.ts";
import { SHORTEST_SECRET } from "./secret-marker.ts";

/**
 * Keeps values of secrets out of what is written down or shown: journals, terminals, debuggers, telemetry. In the place
 * of each form of each value it puts a marker, from which a run that goes on has the value again. Time is linear in the
 * text; where no secret is known, everything is given back as it is.
 */
export interface Redactor {
  /** What its markers have in them. */
  readonly mark: string;
  /**
   * Looks for this value from now on. The source is what markers name: its environment variable, or its place in a
   * vault. A value shorter than {@link SHORTEST_SECRET} is not looked for.
   */
  know(source: string, value: string): void;
  /** Whether there is anything to look for. */
  isIdle(): boolean;
  /** The text with a marker in the place of each form of each secret. */
  text(text: string): string;
  /** The same in every text, key and number of a value; the very same value where it has no secret. */
  value<T extends Json>(value: T): T;
  /** The same for a text that comes in pieces, wherever they are cut. */
  stream(): StreamRedactor;
  /** Puts the values that it knows in the place of its markers. */
  reveal<T extends Json>(value: T): T;
}

/** Holds back the end of what came where a secret may have begun. */
export interface StreamRedactor {
  /** What of it can be told by now. */
  take(piece: string): string;
  /** What is left. */
  end(): string;
}

/** A redactor that knows these secrets, values by source, and those that it is told of. */
export function createRedactor(
  mark: string,
  known: Iterable<readonly [source: string, value: string]> = [],
): Redactor {
  const values = new Map<string, string>();
  let needles: readonly Needle[] = [];
  let automaton: Automaton | null = null;

  /** Built when it is first needed: secrets become known one after the other. */
  const built = (): Automaton => {
    automaton ??= createAutomaton(needles);
    return automaton;
  };

  const text = (given: string): string => {
    if (needles.length === 0 || given.length < SHORTEST_SECRET) return given;
    const { done } = scan(given, built(), "whole");
    return done.includes("…") ? withoutBeginnings(done, needles, mark) : done;
  };

  const know = (source: string, value: string): void => {
    if (value.length < SHORTEST_SECRET || values.get(source) === value) return;
    values.set(source, value);
    needles = [...needles, ...needlesOf(source, value, mark)];
    automaton = null;
  };
  for (const [source, value] of known) know(source, value);

  return {
    mark,
    know,
    isIdle: () => needles.length === 0,
    text,
    // Texts stay texts and objects objects; a number becomes a text, which JSON has room for.
    value: (given) => (needles.length === 0 ? given : (withoutIn(given, text) as typeof given)),
    stream: () => {
      let held = "";
      return {
        take(piece) {
          if (needles.length === 0) return piece;
          const { done, rest } = scan(held + piece, built(), "open");
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
    reveal: (given) => (needles.length === 0 ? given : revealer(values, mark)(given)),
  };
}

function withoutIn(given: Json, text: (text: string) => string): Json {
  if (typeof given === "string") return text(given);
  if (typeof given === "number") {
    const written = String(given);
    const told = text(written);
    return told === written ? given : told;
  }
  if (typeof given !== "object" || given === null) return given;
  if (Array.isArray(given)) {
    const told = given.map((member) => withoutIn(member, text));
    return told.some((member, index) => member !== given[index]) ? told : given;
  }
  let isSame = true;
  const told = Object.entries(given).map(([key, member]): [string, Json] => {
    const entry: [string, Json] = [text(key), withoutIn(member, text)];
    isSame &&= entry[0] === key && entry[1] === member;
    return entry;
  });
  return isSame ? given : Object.fromEntries(told);
}
