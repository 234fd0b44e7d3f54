import { type JsonValue, sameJson } from "../../../core/pipeline/index.ts";
import type { Json } from "./pipelines.ts";

/** Three texts, and what is right. */
export interface MergeCase {
  readonly category: string;
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
  readonly answer: Answer;
}

/** One of some pipelines, or a word that somebody has to decide. */
export type Answer =
  | { readonly kind: "merged"; readonly any: readonly Json[] }
  | { readonly kind: "conflict" };

/** What a contender makes of a case. */
export type Outcome =
  | { readonly kind: "merged"; readonly text: string }
  | { readonly kind: "conflict" }
  /** It can't be used on such texts. */
  | { readonly kind: "failed" };

export type Grade = "right" | "needless conflict" | "silently wrong" | "failed";

/** Equality is of what the pipelines say: the order of keys and the layout of the file make no difference. */
export function gradeOf({ answer }: MergeCase, outcome: Outcome): Grade {
  switch (outcome.kind) {
    case "failed":
      return "failed";
    case "conflict":
      return answer.kind === "conflict" ? "right" : "needless conflict";
    case "merged":
      if (answer.kind === "conflict") return "silently wrong";
      return answer.any.some((right) => says(outcome.text, right)) ? "right" : "silently wrong";
  }
}

function says(text: string, right: Json): boolean {
  let said: JsonValue;
  try {
    said = JSON.parse(text);
  } catch {
    // What is no JSON any more says nothing right.
    return false;
  }
  return sameJson(said, right);
}
