import type { Json } from "#core/ports";
import { markerPattern } from "../secret-marker.ts";
import { formsOf } from "./forms.ts";

/**
 * Puts values in the place of markers. The marker of a secret that is not among them is told in plain words: a
 * component must never see the run's mark, or it could make up markers.
 */
export function revealer(values: ReadonlyMap<string, string>, mark: string): <T extends Json>(value: T) => T {
  const pattern = markerPattern(mark);
  const inText = (text: string): string =>
    text.includes(mark)
      ? text.replaceAll(pattern, (_marker, source: string, form: string) => {
          const value = values.get(source);
          return (value === undefined ? undefined : formsOf(value).get(form)) ?? `[secret ${source}]`;
        })
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
