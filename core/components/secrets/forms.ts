import { base64Of } from "./base64.ts";

/** Characters of a line of a secret that is looked for by itself: what prints a key may break or indent its lines. */
const shortestLine = 8;

/**
 * The forms in which a value may come out of a component, by the names that markers have: as it is, as JSON writes it,
 * in an address, in base64 (at each of the three places that it can have in a longer text), and line by line.
 */
export function formsOf(value: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  const add = (form: string, text: string): void => {
    // A form that looks like an earlier one is that one.
    if (text !== "" && ![...forms.values()].includes(text)) forms.set(form, text);
  };
  add("plain", value);
  add("json", JSON.stringify(value).slice(1, -1));
  const encoded = encodeURIComponent(wellFormed(value));
  add("url", encoded);
  add("form", encoded.replaceAll("%20", "+"));
  const bytes = new TextEncoder().encode(value);
  add("base64", base64Of(bytes));
  for (const place of [0, 1, 2]) add(`base64+${place}`, base64Within(bytes, place));
  const lines = value.split(/\r?\n/);
  if (lines.length > 1)
    lines.forEach((line, index) => {
      if (line.trim().length >= shortestLine) add(`line+${index}`, line.trim());
    });
  return forms;
}

/** The part of a longer text's base64 that does not depend on what is around, `place` bytes after a multiple of three. */
function base64Within(bytes: Uint8Array, place: number): string {
  const padded = new Uint8Array(place + bytes.length);
  padded.set(bytes, place);
  const whole = Math.floor((padded.length * 8) / 6);
  return base64Of(padded).slice(Math.ceil((place * 8) / 6), whole);
}

/** A lone surrogate has no form in an address. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\ufffd");
}
