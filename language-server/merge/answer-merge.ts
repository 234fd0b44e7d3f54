import { type CheckOptions, checkPipeline } from "#core/checks";
import { type Decision, mergeAndCheck, pathWords, type Side } from "#core/merge";
import { type JsonValue, parsePipeline } from "#core/pipeline";
import type { ChosenMerge, MergeAnswer, MergeChoice, MergeDecision, MergeTexts } from "#protocol";
import { valuePieces } from "../diff/value-pieces.ts";

/** Three pipelines merged, for views: each decision with its words, and what a check finds in the result. */
export function answerMerge(
  { base, ours, theirs, choices }: Pick<MergeTexts, "base" | "ours" | "theirs" | "choices">,
  check: CheckOptions,
): MergeAnswer {
  const chosen = choicesOf(choices);
  const result = mergeAndCheck(base, ours, theirs, { choices: chosen });
  if (!result.ok) return result;
  return {
    ok: true,
    text: result.text,
    decisions: result.decisions.map((decision) => shownDecision(decision, chosen.get(decision.id) ?? null)),
    problems: checkPipeline(parsePipeline(result.text), check).problems.map(
      ({ severity, message, stage }) => ({ severity, message, stage: stage ?? null }),
    ),
  };
}

/** The last choice for a decision counts. */
function choicesOf(choices: readonly ChosenMerge[]): ReadonlyMap<string, MergeChoice> {
  return new Map(choices.map(({ decision, choice }) => [decision, choice]));
}

function shownDecision(decision: Decision, choice: MergeChoice | null): MergeDecision {
  const { id, state, reason, stage, message, resolutions, base } = decision;
  return {
    id,
    state,
    reason,
    stage,
    path: wordsOf(decision),
    message,
    resolutions: resolutions.filter((each) => each !== "base" || base !== undefined),
    edit: editOf(decision, choice),
    choice,
    base: { text: isTold(decision) ? toldText(decision, base) : textOf(base), pieces: [] },
    ours: sideOf(decision, "ours"),
    theirs: sideOf(decision, "theirs"),
  };
}

function wordsOf({ path, ...decision }: Decision): string {
  const words = pathWords(path);
  if (!isOrder(decision)) return words;
  return words === "" ? "order of stages" : `order of stages in ${words}`;
}

/** Whether it is about the order of a list of stages, and has three of them. */
function isOrder({ reason, id }: Pick<Decision, "reason" | "id">): boolean {
  return reason === "moved-twice" && id.endsWith("#order");
}

function sideOf(decision: Decision, side: Side): MergeDecision["ours"] {
  const value = side === "ours" ? decision.ours : decision.theirs;
  // What of it is elsewhere in the base's says little.
  if (isTold(decision)) return { text: toldText(decision, value), pieces: [] };
  return { text: textOf(value), pieces: valuePieces({ before: decision.base, after: value }) };
}

/** Whether its values are words about stages, and none that is written in the file. */
function isTold({ reason }: Pick<Decision, "reason">): boolean {
  return reason === "moved-twice" || reason === "cycle";
}

/** An order is read as one, a place from the outside in, and what is said of several stages line by line. */
function toldText(decision: Pick<Decision, "reason" | "id">, value: JsonValue | undefined): string | null {
  if (!Array.isArray(value)) return value === null ? "the pipeline itself" : textOf(value);
  const between = isOrder(decision) ? " → " : decision.id.endsWith("#place") ? " › " : "\n";
  return value.map(String).join(between);
}

/** Only a value that both changed can be another one than theirs; the others are about which stages there are. */
function editOf(decision: Decision, choice: MergeChoice | null): string | null {
  if (decision.reason !== "changed-twice" && decision.reason !== "combined") return null;
  if (decision.path.length === 0) return null;
  const value = choice !== null && typeof choice === "object" ? choice.value : decision.ours;
  return JSON.stringify(value ?? null, null, 2);
}

/** A text as it is, anything else as JSON. */
function textOf(value: JsonValue | undefined): string | null {
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
