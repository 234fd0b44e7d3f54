/** Characters that a secret must have at least: a shorter one stands in too many places to be kept out of any. */
export const SHORTEST_SECRET = 4;

/** The form of a beginning. Nothing can be put back in its place. */
export const CUT = "cut";

/**
 * What stands for a secret everywhere but inside a component: its source (the environment variable that it comes from,
 * or `vault/` and its place there), the form it has, and the run's mark. The mark is in no file, input or answer of the
 * world outside, so that none of them can make up a marker; the journal holds it, so that a marker can be read there for
 * ever.
 */
export function secretMarker(source: string, form: string, mark: string): string {
  return `⟦secret:${source}:${form}:${mark}⟧`;
}

/** What people are told in place of a secret where no value can be put back. */
export function spokenMarker(source: string): string {
  return `[secret ${source}]`;
}

/** Finds the markers of a run; the groups are source and form. */
export function markerPattern(mark: string): RegExp {
  return new RegExp(
    `⟦secret:([A-Za-z_][A-Za-z0-9_./#-]*):([a-z0-9+]+):${mark.replaceAll(/\W/g, "\\$&")}⟧`,
    "g",
  );
}
