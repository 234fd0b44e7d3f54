import type { MergeCase, Outcome } from "../cases/case.ts";

/** A way of merging three texts. */
export interface MergeContender {
  readonly name: string;
  merge(texts: Pick<MergeCase, "base" | "ours" | "theirs">): Outcome;
}
