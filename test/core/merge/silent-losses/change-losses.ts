import type { Change, StageAdded, ValueChanged } from "#core/merge";
import { type JsonValue, parsePipeline, sameJson } from "#core/pipeline";
import { isKept, leavesOf, valueAt } from "./kept-values.ts";
import type { Seen } from "./seen-merge.ts";
import { foundIn, isStageToldOf, keysFor, ownersOf, WHOLE } from "./told-stages.ts";

/** What of one change of a side is neither in the result nor told. */
export function lossesOf(seen: Seen, change: Change): readonly string[] {
  switch (change.kind) {
    case "stage-added": {
      const { stage, value } = change;
      if (isStageToldOf(seen, stage)) return [];
      const found = foundIn(seen, stage);
      if (found.length === 0) return [`added ${stage}`];
      return leavesOf({
        kind: "value-changed",
        stage,
        path: [],
        topic: "other",
        before: undefined,
        after: value,
      })
        .filter((leaf) => !isKept(seen, leaf, found) && !isAsBefore(seen, leaf))
        .map((leaf) => `added ${stage} ${leaf.path.join(".")}`);
    }
    case "stage-removed": {
      const { id } = seen.base.get(change.stage) ?? { id: null };
      const key = [...seen.otherToBase].find(([, old]) => old === change.stage)?.[0];
      const name = seen.other.get(key ?? "")?.id ?? id;
      if (key === undefined) return [];
      const isThere = [...seen.result.values()].some(
        (each) => each.id === name && (each.stage === key || each.place !== null),
      );
      const isSomeOther = [...seen.side.values()].some(
        (each) => each.id === name || seen.names.get(each.id ?? "") === name,
      );
      const all = new Set([
        change.stage,
        key,
        ...ownersOf(seen.base, change.stage),
        ...ownersOf(seen.other, key),
        ...underNewOwner(seen, change.stage),
      ]);
      const isNamed = seen.decisions.some(
        ({ reason, stage, path, ours, theirs }) =>
          (WHOLE.has(reason) && path.length === 0 && all.has(stage ?? "")) ||
          (reason === "reference-to-removed" &&
            (ours === name || theirs === name || ours === id || theirs === id)),
      );
      return !isThere || isSomeOther || isNamed ? [] : [`removed ${change.stage}`];
    }
    case "value-changed": {
      const found = change.stage === null ? [] : foundIn(seen, change.stage);
      return leavesOf(change)
        .filter((leaf) => !isKept(seen, leaf, found) && !isAsBefore(seen, leaf))
        .map((leaf) => `value ${change.stage} ${leaf.path.join(".")}`);
    }
    case "stage-renamed": {
      const { stage, from } = change;
      const wanted = seen.side.get(stage)?.id ?? null;
      const old = seen.base.get(from)?.id ?? null;
      const isNamed = seen.decisions.some(
        ({ reason, stage: about }) =>
          (reason === "renamed-twice" || reason === "id-taken") && (about === old || about === wanted),
      );
      const isThere = [...seen.result.values()].some(({ id }) => id === wanted);
      return isThere || isNamed || isStageToldOf(seen, stage) ? [] : [`renamed ${from} ${stage}`];
    }
    case "stage-relocated": {
      const { stage, from, to } = change;
      // It is where it was: the other side has renamed its owner to this id, and this side made that one another stage.
      if (
        from !== null &&
        to !== null &&
        seen.otherToBase.get(to.owner) === from.owner &&
        isSamePath(from, to)
      )
        return [];
      // Several may be called that, where each side gave its own the same id.
      const found = to === null ? [] : foundIn(seen, to.owner);
      const owners = new Set(found.length === 0 ? [to?.owner ?? null] : found.map((each) => each.stage));
      const isThere = foundIn(seen, stage).some(
        ({ place }) => owners.has(place?.owner ?? null) && isSamePath(place, to),
      );
      const keys = new Set([
        ...keysFor(seen, stage),
        ...underNewOwner(seen, seen.sideToBase.get(stage) ?? stage),
      ]);
      const isNamed = seen.decisions.some(
        ({ reason, stage: about }) => reason === "moved-twice" && keys.has(about ?? ""),
      );
      return isThere || isNamed || isStageToldOf(seen, stage) ? [] : [`relocated ${stage}`];
    }
    case "branch-moved": {
      const { stage, from, to } = change;
      const name = seen.names.get(stage) ?? stage;
      // Where the other side made the owner another component its lists are as they are, and mean no branches.
      const component = componentOf(seen.side.get(to.owner));
      if (foundIn(seen, to.owner).some((found) => componentOf(found) !== component)) return [];
      const arms = armsOf(seen.resultText);
      const has = ({ owner, arm }: { readonly owner: string; readonly arm: string }): boolean =>
        arms.has(JSON.stringify([seen.names.get(owner) ?? owner, arm, name]));
      const isNamed =
        seen.decisions.some(({ id }) => id === `branches:${stage}` || id === `branches:${name}`) ||
        [stage, from.owner, to.owner].some((each) => isStageToldOf(seen, each)) ||
        seen.decisions.some(
          ({ reason, stage: about, path, ours, theirs }) =>
            path.length > 0 &&
            ([from.owner, to.owner].some((owner) => keysFor(seen, owner).has(about ?? "")) ||
              (reason === "reference-to-removed" && (ours === stage || theirs === stage))),
        );
      return (has(to) && !has(from)) || isNamed ? [] : [`branch ${stage} ${to.owner}:${to.arm}`];
    }
    case "stage-reordered":
    case "container-changed":
      // Orders are looked at in pairs; a merge is written as ours is.
      return [];
  }
}

function isSamePath(
  one: { readonly path: readonly string[] } | null,
  other: { readonly path: readonly string[] } | null,
): boolean {
  return JSON.stringify(one?.path ?? []) === JSON.stringify(other?.path ?? []);
}

/** What a stage of the base would be called where it was, inside an owner that the other side has renamed. */
function underNewOwner({ base, otherToBase }: Seen, stage: string): readonly string[] {
  return ownersOf(base, stage).flatMap((owner) =>
    [...otherToBase]
      .filter(([, old]) => old === owner)
      .map(([renamed]) => `${renamed}${stage.slice(owner.length)}`),
  );
}

/**
 * Whether it says what the base has there in a stage that the other side renamed to this id: this side has done so too,
 * and changed it beyond recognition, so that the diff has it as a new one with all that it says.
 */
function isAsBefore(seen: Seen, { stage, path, after }: ValueChanged): boolean {
  const isPlace = stage === null && path[0] === "layout";
  const old = seen.base.get(seen.otherToBase.get((isPlace ? path[1] : stage) ?? "") ?? "");
  if (old === undefined || [...seen.sideToBase.values()].includes(old.stage)) return false;
  const before = isPlace
    ? valueAt(seen.baseFields, ["layout", old.id ?? "", ...path.slice(2)])
    : valueAt(old.value, path);
  return before !== undefined && after !== undefined && sameJson(before, after);
}

function componentOf(stage: StageAdded | undefined): JsonValue | undefined {
  const value = stage?.value ?? null;
  return valueAt(value, ["component"]) ?? valueAt(value, ["component_type"]);
}

function armsOf(text: string): ReadonlySet<string> {
  return new Set(
    parsePipeline(text).pipeline.stages.flatMap(({ id, arms }) =>
      arms.flatMap(({ arm, stages }) => stages.map(({ value }) => JSON.stringify([id, arm, value]))),
    ),
  );
}
