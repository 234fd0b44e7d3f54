import type { JsonValue } from "#core/pipeline";

export type Side = "ours" | "theirs";

/** How a decision is made: a side, what was there before both, both where that is possible, or a value of one's own. */
export type Choice = Side | "base" | "both" | { readonly value: JsonValue };

/** Why there is something to decide. */
export type DecisionReason =
  /** Both sides changed a value, each to another one. */
  | "changed-twice"
  /** One side removed what the other changed. */
  | "changed-and-removed"
  /** Both sides added a stage of one id, and these are not alike. */
  | "added-twice"
  /** Each side gave a stage another id. */
  | "renamed-twice"
  /** One side gave a stage the id that the other has a stage of. */
  | "id-taken"
  /** Each side put a stage somewhere else. */
  | "moved-twice"
  /** One side refers to a stage that the other removed. */
  | "reference-to-removed"
  /** What the sides wait for goes round in a circle only with both. */
  | "cycle"
  /** One side reads what a stage no longer gives on the other. */
  | "output-changed"
  /** The result has an error of a kind that neither side has. */
  | "problem-of-both"
  /** Both changed a text or a list, and it has the changes of both. */
  | "combined"
  /** Both changed where something is drawn. */
  | "layout";

/**
 * Something that both sides had a hand in. An open one is a conflict: the result has what "ours" has there. Automatic ones
 * are told so that nobody has to guess, and can be decided otherwise as well.
 */
export interface Decision {
  /** The same for the same decision in every merge of the same three texts. */
  readonly id: string;
  readonly state: "open" | "chosen" | "automatic";
  readonly reason: DecisionReason;
  /** The stage it is about; null where it is about the pipeline. */
  readonly stage: string | null;
  /** Where in it; empty where it is about the stage as a whole. */
  readonly path: readonly string[];
  /** What each has there; undefined where nothing is. */
  readonly base: JsonValue | undefined;
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
  /** Why, in a sentence. */
  readonly message: string;
  readonly resolutions: readonly (Side | "base" | "both")[];
}

/** A place as a text that no other place has, in the manner of a JSON pointer. */
export function addressOf(stage: string | null, path: readonly string[]): string {
  const steps = stage === null ? path : ["stages", stage, ...path];
  return steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
