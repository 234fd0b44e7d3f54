import { nearest } from "#core/expressions";

/** ` Did you mean "x"?` with the candidate most like a name, or nothing when none is like it. */
export function didYouMean(written: string, candidates: readonly string[] | ReadonlySet<string>): string {
  const name = nearest(written, candidates);
  return name === undefined ? "" : ` Did you mean "${name}"?`;
}
