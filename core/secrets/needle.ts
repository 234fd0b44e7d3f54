import { formsOf } from "./forms.ts";
import { CUT, secretMarker, spokenMarker } from "./secret-marker.ts";

/** A text to look for, and what is told in its place. */
export interface Needle {
  readonly source: string;
  readonly text: string;
  readonly marker: string;
}

/**
 * What is looked for of a secret: its forms, and what stands for it already, which is passed over whole. Otherwise a
 * secret whose value is the name of one would be found in the markers.
 */
export function needlesOf(source: string, value: string, mark: string): readonly Needle[] {
  const forms = Array.from(formsOf(value), ([form, text]) => ({
    source,
    text,
    marker: secretMarker(source, form, mark),
  }));
  const markers = [
    ...forms.map(({ marker }) => marker),
    secretMarker(source, CUT, mark),
    spokenMarker(source),
  ];
  return [...forms, ...markers.map((marker) => ({ source, text: marker, marker }))];
}
