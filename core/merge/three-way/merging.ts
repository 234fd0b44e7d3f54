import { type JsonValue, sameJson } from "#core/pipeline";
import { addressOf, type Choice, type Decision, type DecisionReason, type Side } from "./decision.ts";

/** A merge at work: what has been chosen, and what is to be decided. */
export interface Merging {
  readonly decisions: Decision[];
  /** What somebody chose; undefined where nobody did. */
  readonly choiceOf: (id: string) => Choice | undefined;
  /** The side that all open decisions are for. */
  readonly favor: Side | undefined;
  /** Places that have what one side has, since the other's change does not go with the rest: by address. */
  readonly forced: ReadonlyMap<string, Side>;
  /** Items that do not come into the list at an address. */
  readonly dropped: ReadonlyMap<string, ReadonlySet<string>>;
  /** The old ids of stages that one side gave another id and the other removed, by their keys. */
  readonly renamedAndRemoved: ReadonlyMap<string, string>;
  /** Whether two values say the same. */
  readonly same: (one: JsonValue | undefined, other: JsonValue | undefined) => boolean;
}

/** Where a value is. */
export interface At {
  readonly stage: string | null;
  readonly path: readonly string[];
}

/** What the three have at a place. */
export interface Three<Value> {
  readonly base: Value;
  readonly ours: Value;
  readonly theirs: Value;
}

/** Whether a value is the same as another, by what both say. */
export function sameValue(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && sameJson(one, other));
}

/** Whether something below an address is forced or dropped, so that the way there has to be walked. */
export function hasOrdersBelow({ forced, dropped }: Merging, address: string): boolean {
  if (forced.size === 0 && dropped.size === 0) return false;
  const below = (key: string): boolean => key === address || key.startsWith(`${address}/`);
  return [...forced.keys()].some(below) || [...dropped.keys()].some(below);
}

/** Notes that there is something to decide, and gives what was chosen; "ours" where nobody did. */
export function decide(
  merging: Merging,
  at: At,
  reason: DecisionReason,
  three: Three<JsonValue | undefined>,
  message: string,
  resolutions: Decision["resolutions"],
  id: string = addressOf(at.stage, at.path),
): Choice {
  const choice = merging.choiceOf(id) ?? merging.favor;
  merging.decisions.push({
    id,
    state: choice === undefined ? "open" : "chosen",
    reason,
    ...at,
    ...three,
    message,
    resolutions,
  });
  return choice ?? "ours";
}

/** Notes that both sides added another stage of one id, and gives what was chosen. */
export function addedTwice(merging: Merging, key: string, three: Three<JsonValue | undefined>): Choice {
  const message = `Both sides added a stage "${key}", and these are different stages.`;
  const at = { stage: key, path: [] };
  return decide(merging, at, "added-twice", three, message, ["ours", "theirs", "both"]);
}

/** What a choice comes to, where `both` means something else than "ours" only if it is given. */
export function valueOf(
  choice: Choice,
  { base, ours, theirs }: Three<JsonValue | undefined>,
  both: JsonValue | undefined = ours,
): JsonValue | undefined {
  switch (choice) {
    case "ours":
      return ours;
    case "theirs":
      return theirs;
    case "base":
      return base;
    case "both":
      return both;
  }
  return choice.value;
}
