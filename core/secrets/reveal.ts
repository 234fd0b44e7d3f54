import type { Json } from "#core/ports";
import { formsOf } from "./forms.ts";
import { markerPattern, spokenMarker } from "./secret-marker.ts";

/**
 * Puts values in the place of markers. The marker of a secret that is not among them is told in plain words: a
 * component must never see the run's mark, or it could make up markers.
 */
export function revealer(values: ReadonlyMap<string, string>, mark: string): <T extends Json>(value: T) => T {
  const pattern = markerPattern(mark);
  const forms = new Map<string, ReadonlyMap<string, string>>();
  const formOf = (source: string, form: string): string | undefined => {
    const value = values.get(source);
    if (value === undefined) return undefined;
    const known = forms.get(source) ?? formsOf(value);
    forms.set(source, known);
    return known.get(form);
  };
  const inText = (text: string): string =>
    text.includes(mark)
      ? text.replaceAll(
          pattern,
          (_marker, source: string, form: string) => formOf(source, form) ?? spokenMarker(source),
        )
      : text;
  const reveal = (value: Json): Json => {
    if (typeof value === "string") return inText(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(reveal);
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [inText(key), reveal(member)]));
  };
  // Texts stay texts and objects objects: the type is the same.
  return <T extends Json>(value: T): T => reveal(value) as T;
}

/** The sources of all markers in a value. */
export function recordedSources(value: Json, mark: string): ReadonlySet<string> {
  const text = JSON.stringify(value);
  if (!text.includes(mark)) return new Set();
  return new Set(Array.from(text.matchAll(markerPattern(mark)), ([, source = ""]) => source));
}
