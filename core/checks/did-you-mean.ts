import { nearest } from "#core/expressions";
import type { Fix } from "#core/pipeline";
import type { Finding } from "./finding.ts";
import type { ResolvedReference } from "./resolve-references.ts";

/** ` Did you mean "x"?` with the candidate most like a name, or nothing when none is like it. */
export function didYouMean(written: string, candidates: readonly string[] | ReadonlySet<string>): string {
  return question(nearest(written, candidates));
}

/** The same for a name that was looked for already. */
export function question(name: string | undefined): string {
  return name === undefined ? "" : ` Did you mean "${name}"?`;
}

/** A fix that puts a name in the place of a text, if there is one. */
export function textFix(name: string | undefined): Pick<Finding, "fix"> {
  return name === undefined || isNested(name) ? {} : { fix: { kind: "replace-text", text: name } };
}

/** A fix that puts a name in the place of a segment of a reference: 0 is its root. A key in brackets stays quoted. */
export function segmentFix(
  { expression, reference }: ResolvedReference,
  segment: number,
  name: string | undefined,
): Pick<Finding, "fix"> {
  if (name === undefined || isNested(name)) return {};
  const range = (segment === 0 ? undefined : reference.pathRanges[segment - 1]) ?? reference.rootRange;
  const quote = expression.text[range.start];
  const fix: Fix = {
    kind: "replace",
    text: quote === "'" || quote === '"' ? `${quote}${name}${quote}` : name,
  };
  return { fix };
}

/** A path of the map dialect, whose stages are written by the last of its names. */
function isNested(name: string): boolean {
  return name.includes("/");
}
