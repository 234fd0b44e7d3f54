import { base64Of } from "./base64.ts";

/**
 * Characters of a part of a secret that is looked for by itself: of a line, since what prints a key may break or indent
 * its lines, and of what an address has as its host.
 */
const shortestPart = 8;

/**
 * The forms in which a value may come out of a component, by the names that markers have: as it is, as JSON writes it,
 * in addresses, in base64 of either alphabet (at each of the three places that it can have in a longer text, and with
 * its lines broken), in hexadecimal digits, and line by line.
 */
export function formsOf(value: string): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  const texts = new Set<string>();
  const add = (form: string, text: string): void => {
    // A form that looks like an earlier one is that one.
    if (text === "" || texts.has(text)) return;
    texts.add(text);
    forms.set(form, text);
  };
  add("plain", value);
  const json = JSON.stringify(value).slice(1, -1);
  add("json", json);
  // An answer in JSON, said in JSON.
  add("json+json", JSON.stringify(json).slice(1, -1));
  // As Python and PHP write it.
  add("json+ascii", json.replaceAll(/[^\0-\x7f]/g, escapedUnit));
  add("json+slash", json.replaceAll("/", "\\/"));
  const encoded = encodeURIComponent(wellFormed(value));
  add("url", encoded);
  add("form", encoded.replaceAll("%20", "+"));
  for (const [form, text] of addressForms(value)) add(form, text);
  for (const [form, text] of hostForms(value)) add(form, text);
  const bytes = new TextEncoder().encode(value);
  for (const [form, text] of base64Forms(bytes)) add(form, text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  add("hex", hex);
  add("hex+upper", hex.toUpperCase());
  const lines = value.split(/\r?\n/);
  if (lines.length > 1)
    lines.forEach((line, index) => {
      if (line.trim().length >= shortestPart) add(`line+${index}`, line.trim());
    });
  return forms;
}

function* base64Forms(bytes: Uint8Array): Iterable<readonly [form: string, text: string]> {
  const whole = base64Of(bytes);
  const within = [0, 1, 2].map((place) => base64Within(bytes, place));
  yield ["base64", whole];
  for (const [place, text] of within.entries()) yield [`base64+${place}`, text];
  yield ["base64url", forUrl(whole)];
  yield ["base64url+short", forUrl(whole).replace(/=+$/, "")];
  for (const [place, text] of within.entries()) yield [`base64url+${place}`, forUrl(text)];
  for (const width of BASE64_WIDTHS) {
    if (whole.length <= width) continue;
    for (let at = 0; at < whole.length; at += width) {
      const line = whole.slice(at, at + width);
      if (line.length >= shortestPart) yield [`base64+w${width}+${at / width}`, line];
    }
  }
}

/** Characters in a line of base64, as PEM and as MIME have it. */
const BASE64_WIDTHS = [64, 76];

function forUrl(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
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
