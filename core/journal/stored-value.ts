import type { Json } from "#core/ports";
import { MAX_VALUE_DEPTH, whyUnwritable } from "./value-limits.ts";
import type { Path, StoredText } from "./value-line.ts";

/**
 * The value of a reference, put together from what is stored. Undefined where it, or something in it, is not there, and
 * for a forged one: that is no JSON, that is part of itself, or larger than any value may be.
 */
export function storedValue(ref: string, textOf: (ref: string) => StoredText | undefined): Json | undefined {
  /** Undefined while it is put together: nothing can be a part of itself. */
  const values = new Map<string, Json | undefined>();
  let isComposed = false;
  const valueOf = (wanted: string, depth: number): Json | undefined => {
    if (values.has(wanted)) return values.get(wanted);
    values.set(wanted, undefined);
    const stored = depth > MAX_CHAIN ? undefined : textOf(wanted);
    if (stored === undefined) return undefined;
    if (stored.form === "parts") isComposed = true;
    const value = stored.form === "whole" ? parsed(stored.text) : composed(stored.text, depth);
    values.set(wanted, value);
    return value;
  };
  const composed = (text: string, depth: number): Json | undefined => {
    const [, parts, rest] = parsedList(`[${text}]`);
    let value = rest;
    for (const part of isList(parts) ? parts : [null]) {
      const [to, source, from] = isList(part) ? part : [];
      if (typeof source !== "string" || !isPath(to) || !isPath(from) || value === undefined) return undefined;
      const whole = valueOf(source, depth + 1);
      const piece = whole === undefined ? undefined : at(whole, from);
      if (piece === undefined) return undefined;
      value = withPart(value, to, piece);
    }
    return value;
  };
  const value = valueOf(ref, 0);
  // A few lines can stand for more than any memory holds: each has the one before it twice.
  return value !== undefined && isComposed && whyUnwritable(value) !== null ? undefined : value;
}

/** How many values one may take, each a part of the next: as many as recursion can bear. A writer stops long before. */
const MAX_CHAIN = 2 * MAX_VALUE_DEPTH;

/** What is at the end of a path; undefined where the value has no such place. */
export function at(value: Json, path: Path): Json | undefined {
  let place: Json | undefined = value;
  for (const step of path) {
    if (typeof place !== "object" || place === null || !Object.hasOwn(place, step)) return undefined;
    // It has this member, whichever of the two it is.
    place = (place as { readonly [key: string | number]: Json })[step];
  }
  return place;
}

/** Puts a part into a value that was just parsed, and that nobody else has. Undefined where it has no such place. */
function withPart(value: Json, to: Path, piece: Json): Json | undefined {
  const last = to.at(-1);
  if (last === undefined) return piece;
  const holder = at(value, to.slice(0, -1));
  if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, last)) return undefined;
  setMember(holder, last, piece);
  return value;
}

/** Sets a member by whatever name it has: `__proto__` is only a key. */
export function setMember(holder: object, key: string | number, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function parsed(text: string): Json | undefined {
  try {
    // JSON.parse gives JSON; its type says less.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function parsedList(text: string): readonly Json[] {
  const list = parsed(text);
  return isList(list) ? list : [];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isPath(value: Json | undefined): value is Path {
  return isList(value) && value.every((step) => typeof step === "string" || typeof step === "number");
}
