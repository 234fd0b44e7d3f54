import type { StageAdded } from "#core/merge";
import type { Seen, Stages } from "./seen-merge.ts";

/** Stages of the result that may be the one that the side knows by this key: several only where a decision says so. */
export function foundIn(seen: Seen, key: string): readonly StageAdded[] {
  const stage = seen.side.get(key);
  const id = stage?.id ?? null;
  if (stage === undefined || id === null)
    return [...seen.result.values()].filter((each) => each.stage === key);
  const old = seen.base.get(seen.sideToBase.get(key) ?? "");
  const otherKey = [...seen.otherToBase].find(([, from]) => from === old?.stage)?.[0];
  const otherId = seen.other.get(otherKey ?? "")?.id ?? null;
  const ids = new Set<string>([seen.names.get(id) ?? id]);
  const isRenamed = seen.decisions.some(
    ({ reason, stage: about, ours, theirs }) =>
      (reason === "renamed-twice" || reason === "id-taken") &&
      (about === old?.id || about === id || ours === id || theirs === id),
  );
  if (isRenamed) for (const each of [old?.id, otherId, id]) if (typeof each === "string") ids.add(each);
  const isNumbered = (other: string): boolean =>
    isRenamed || isAddedTwice(seen, key) ? other.replace(/_\d+$/, "") === id : false;
  const found = [...seen.result.values()].filter(
    (each) => each.id !== null && (ids.has(each.id) || isNumbered(each.id)),
  );
  const exact = found.filter(({ stage: other }) => other === key);
  return exact.length > 0 && !isRenamed ? exact : found;
}

function isAddedTwice({ decisions }: Seen, key: string): boolean {
  return decisions.some(({ reason, stage }) => reason === "added-twice" && stage === key);
}

/** Why a stage as a whole is decided; "layout" where nothing but its position is lost with it. */
export const WHOLE = new Set(["changed-and-removed", "added-twice", "layout"]);

/** Every name that a decision may have for a stage of the side, and for those that it is written in. */
export function keysFor(seen: Seen, key: string): ReadonlySet<string> {
  const keys = new Set([key]);
  const old = seen.sideToBase.get(key);
  if (old !== undefined) {
    keys.add(old);
    // What it is written in may have another name.
    keys.add(
      old
        .split("/")
        .map((step) => seen.names.get(step) ?? step)
        .join("/"),
    );
    for (const [other, from] of seen.otherToBase) if (from === old) keys.add(other);
  }
  for (const { stage } of foundIn(seen, key)) keys.add(stage);
  return keys;
}

export function ownersOf(stages: Stages, key: string): readonly string[] {
  const owner = stages.get(key)?.place?.owner;
  return owner === undefined ? [] : [owner, ...ownersOf(stages, owner)];
}

/** Whether a decision is about the stage as a whole, or about one that it is written in. */
export function isStageToldOf(seen: Seen, key: string): boolean {
  const keys = [key, ...ownersOf(seen.side, key)].flatMap((each) => [...keysFor(seen, each)]);
  const old = seen.sideToBase.get(key) ?? key;
  const all = new Set([...keys, ...ownersOf(seen.base, old), ...ownersOf(seen.other, old)]);
  return seen.decisions.some(
    ({ reason, stage, path }) => WHOLE.has(reason) && path.length === 0 && all.has(stage ?? ""),
  );
}

function isPrefix(start: readonly string[], path: readonly string[]): boolean {
  return start.length <= path.length && start.every((step, index) => step === path[index]);
}

export function isToldOf(seen: Seen, key: string | null, path: readonly string[]): boolean {
  if (key !== null && isStageToldOf(seen, key)) return true;
  const keys: ReadonlySet<string | null> = key === null ? new Set([null]) : keysFor(seen, key);
  return seen.decisions.some((decision) => {
    const { reason, stage } = decision;
    if (reason === "cycle" || decision.id.startsWith("branches:")) {
      const words = JSON.stringify([decision.ours, decision.theirs]).replaceAll('\\"', '"');
      return [...keys].some((name) => words.includes(`"${name}"`));
    }
    // What a stage became is dropped with its component; the decision is where it is read, and names the stage.
    if (
      reason === "output-changed" &&
      [...keys].some(
        (name) =>
          decision.ours === name ||
          decision.theirs === name ||
          decision.message.includes(`made the stage "${name}" another component`),
      )
    )
      return true;
    return keys.has(stage) && decision.path.length > 0 && isPrefix(decision.path, path);
  });
}
