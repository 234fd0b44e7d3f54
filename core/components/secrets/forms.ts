import { base64Of } from "./base64.ts";

/**
 * Characters of a part of a secret that is looked for by itself: of a line, since what prints a key may break or indent
 * its lines, and of what an address has as its host.
 */
const shortestPart = 8;

/**
 * The forms in which a value may come out of a component, by the names that markers have: as it is, as JSON writes it,
 * in addresses, in base64 (at each of the three places that it can have in a longer text), and line by line.
 */
export function formsOf(value: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  const add = (form: string, text: string): void => {
    // A form that looks like an earlier one is that one.
    if (text !== "" && ![...forms.values()].includes(text)) forms.set(form, text);
  };
  add("plain", value);
  const json = JSON.stringify(value).slice(1, -1);
  add("json", json);
  // An answer in JSON, said in JSON.
  add("json+json", JSON.stringify(json).slice(1, -1));
  const encoded = encodeURIComponent(wellFormed(value));
  add("url", encoded);
  add("form", encoded.replaceAll("%20", "+"));
  for (const [form, text] of addressForms(value)) add(form, text);
  for (const [form, text] of hostForms(value)) add(form, text);
  const bytes = new TextEncoder().encode(value);
  add("base64", base64Of(bytes));
  for (const place of [0, 1, 2]) add(`base64+${place}`, base64Within(bytes, place));
  const lines = value.split(/\r?\n/);
  if (lines.length > 1)
    lines.forEach((line, index) => {
      if (line.trim().length >= shortestPart) add(`line+${index}`, line.trim());
    });
  return forms;
}

/**
 * What else programs make of a value in an address. Where it was put in as it is, its reserved characters stay, and the
 * parser encodes the rest by the part of the address that it is in (WHATWG URL, 1.3).
 */
function* addressForms(value: string): Iterable<readonly [form: string, text: string]> {
  const strict = percentEncoded(value, /[^A-Za-z0-9._~-]/gu);
  yield ["url+strict", strict];
  yield ["url+lower", strict.replaceAll(/%../g, (byte) => byte.toLowerCase())];
  yield ["url+slash", strict.replaceAll("%2F", "/")];
  yield ["address", percentEncoded(value, /[^!#-;=?-~]/gu)];
  yield ["address+query", percentEncoded(value, /[^!#-&(-;=?-~]/gu)];
  yield ["address+fragment", percentEncoded(value, /[^!#-;=?-_a-~]/gu)];
  yield ["address+path", percentEncoded(value, /[^!#-;=?-\]_a-z|~]/gu)];
  yield ["address+user", percentEncoded(value, /[^!$-.0-9A-Z_a-z~]/gu)];
}

/**
 * What an address has as its host where the value stands behind `//`, as it is: up to its first `/`, `?` or `#`, in small
 * letters, with and without a port. Messages name hosts. None where it makes no host, and none of an address, of which
 * that would be the scheme.
 */
function* hostForms(value: string): Iterable<readonly [form: string, text: string]> {
  const address = `http://${value}`;
  if (value.includes("://") || !URL.canParse(address)) return;
  const { host, hostname } = new URL(address);
  if (/[/?#\\]/.test(value) && host.length < shortestPart) return;
  yield ["host", host];
  if (hostname.length >= shortestPart) yield ["host+name", hostname];
}

/** The text with these of its characters as bytes of UTF-8, `%` and two digits each. */
function percentEncoded(text: string, characters: RegExp): string {
  return wellFormed(text).replaceAll(characters, (character) =>
    Array.from(
      new TextEncoder().encode(character),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    ).join(""),
  );
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
