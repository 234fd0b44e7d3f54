import { type Change, type Decision, diffPipelines, type StageAdded, type ValueChanged } from "#core/merge";
import { documentToJson, isJsonObject, type JsonValue, parsePipeline, sameJson } from "#core/pipeline";

/** A merge: three texts, what came of them, and what was told. `side` is the one whose changes are looked for. */
export interface Merge {
  readonly base: string;
  readonly side: string;
  readonly other: string;
  readonly result: string;
  readonly decisions: readonly Decision[];
}

/**
 * The changes of a side that are neither in the result nor named in a decision, by stage and path. It knows the merge by
 * its result and its decisions only, and which stage is which by what was changed from the base on each side.
 */
export function silentLosses(merge: Merge): readonly string[] {
  const seen = seenOf(merge);
  const lost = changesOf(merge.base, merge.side).flatMap((change) => lossesOf(seen, change));
  return [...lost, ...lostOrders(seen)];
}

type Stages = ReadonlyMap<string, StageAdded>;

interface Seen {
  readonly decisions: readonly Decision[];
  readonly result: Stages;
  readonly resultText: string;
  readonly base: Stages;
  readonly side: Stages;
  readonly other: Stages;
  readonly fields: JsonValue;
  /** Keys in the side and the other -> keys in the base, for stages that the base has. */
  readonly sideToBase: ReadonlyMap<string, string>;
  readonly otherToBase: ReadonlyMap<string, string>;
  /** Ids of the side -> ids in the result, where these differ. */
  readonly names: ReadonlyMap<string, string>;
}

function seenOf({ base, side, other, result, decisions }: Merge): Seen {
  const stages = { base: stagesOf(base), side: stagesOf(side), other: stagesOf(other) };
  const sideToBase = toBase(base, side, stages.base);
  const otherToBase = toBase(base, other, stages.base);
  const baseToOther = new Map([...otherToBase].map(([key, old]) => [old, key]));
  const found = stagesOf(result);
  const ids = new Set([...found.values()].map(({ id }) => id));
  const names = new Map<string, string>();
  for (const { stage: key, id } of stages.side.values()) {
    const old = sideToBase.get(key);
    const oldId = stages.base.get(old ?? "")?.id;
    const otherId = stages.other.get(baseToOther.get(old ?? "") ?? "")?.id;
    if (id === null || old === undefined || typeof otherId !== "string" || otherId === id) continue;
    // What the other side renamed alone has its name there; what both renamed has one of two, and a decision says so.
    const isRenamedTwice = decisions.some(
      ({ reason, stage }) => reason === "renamed-twice" && stage === oldId,
    );
    if (id === oldId || (isRenamedTwice && !ids.has(id))) names.set(id, otherId);
  }
  return {
    decisions,
    result: found,
    resultText: result,
    ...stages,
    fields: fieldsOf(result),
    sideToBase,
    otherToBase,
    names,
  };
}

/** All stages of a pipeline, with the one each follows. */
function stagesOf(text: string): Stages {
  return new Map(
    changesOf("{}", text).flatMap((change) =>
      change.kind === "stage-added" ? [[change.stage, change] as const] : [],
    ),
  );
}

function toBase(base: string, side: string, stages: Stages): ReadonlyMap<string, string> {
  const diff = diffPipelines(base, side);
  if (!diff.ok) throw new Error(diff.message);
  const gone = new Set(
    diff.diff.changes.flatMap((each) => (each.kind === "stage-removed" ? [each.stage] : [])),
  );
  return new Map(
    [...stages.keys()].flatMap((key) => {
      const now = diff.diff.keys.get(key);
      return now !== undefined ? [[now, key] as const] : gone.has(key) ? [] : [[key, key] as const];
    }),
  );
}

function changesOf(before: string, after: string): readonly Change[] {
  const result = diffPipelines(before, after);
  if (!result.ok) throw new Error(result.message);
  return result.diff.changes;
}

/** The pipeline without its stages. */
function fieldsOf(text: string): JsonValue {
  return documentToJson(parsePipeline(text));
}

/** Stages of the result that may be the one that the side knows by this key: several only where a decision says so. */
function foundIn(seen: Seen, key: string): readonly StageAdded[] {
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
const WHOLE = new Set(["changed-and-removed", "added-twice", "layout"]);

/** Every name that a decision may have for a stage of the side, and for those that it is written in. */
function keysFor(seen: Seen, key: string): ReadonlySet<string> {
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

function ownersOf(stages: Stages, key: string): readonly string[] {
  const owner = stages.get(key)?.place?.owner;
  return owner === undefined ? [] : [owner, ...ownersOf(stages, owner)];
}

/** Whether a decision is about the stage as a whole, or about one that it is written in. */
function isStageToldOf(seen: Seen, key: string): boolean {
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

function isToldOf(seen: Seen, key: string | null, path: readonly string[]): boolean {
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
      [...keys].some((name) => decision.ours === name || decision.theirs === name)
    )
      return true;
    return keys.has(stage) && decision.path.length > 0 && isPrefix(decision.path, path);
  });
}

function lossesOf(seen: Seen, change: Change): readonly string[] {
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
        .filter((leaf) => !isKept(seen, leaf, found))
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
        .filter((leaf) => !isKept(seen, leaf, found))
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
      const { stage, to } = change;
      const owner = to === null ? null : (foundIn(seen, to.owner)[0]?.stage ?? to.owner);
      const isThere = foundIn(seen, stage).some(
        ({ place }) =>
          (place?.owner ?? null) === owner &&
          JSON.stringify(place?.path ?? []) === JSON.stringify(to?.path ?? []),
      );
      const keys = keysFor(seen, stage);
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

/** An object that was added as each of what is in it: the other side may have added to it. */
function leavesOf(change: ValueChanged): readonly ValueChanged[] {
  const { path, before, after } = change;
  if (before !== undefined || !isJsonObject(after)) return [change];
  return Object.entries(after).flatMap(([key, value]) =>
    leavesOf({ ...change, path: [...path, key], after: value }),
  );
}

function isKept(seen: Seen, leaf: ValueChanged, found: readonly StageAdded[]): boolean {
  const { stage, path, topic } = leaf;
  const named = path.map((step, index) =>
    stage === null && path[0] === "layout" && index === 1 ? (seen.names.get(step) ?? step) : step,
  );
  if (stage === null && topic === "layout") {
    // A stage that is gone takes its line with it.
    const isThere = [...seen.result.values()].some(({ id }) => id === (named[1] ?? ""));
    if (path.length > 1 && !isThere) return true;
  }
  if (stage !== null && found.length === 0) {
    // The other side removed it with what is in it, and says so; else it is lost.
    return isStageToldOf(seen, stage);
  }
  const tops = stage === null ? [seen.fields] : found.map(({ value }) => value);
  const wanted = followed(seen, leaf.after);
  if (
    tops.some((top) => sameOrNone(valueAt(top, named), wanted) || sameOrNone(valueAt(top, named), leaf.after))
  )
    return true;
  return isToldOf(seen, stage, path) || isToldOf(seen, stage, named);
}

function sameOrNone(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && sameJson(one, other));
}

function valueAt(top: JsonValue, path: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = top;
  for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** A value whose stages have the names that they have in the result. */
function followed({ names }: Seen, value: JsonValue | undefined): JsonValue | undefined {
  if (names.size === 0 || value === undefined) return value;
  let text = JSON.stringify(value);
  for (const [from, to] of names)
    text = text
      .replaceAll(`"${from}"`, `"${to}"`)
      .replaceAll(`{{upstream.${from}.`, `{{upstream.${to}.`)
      .replaceAll(`{{${from}.output`, `{{${to}.output`);
  return JSON.parse(text) as JsonValue;
}

/**
 * Pairs of stages that the side put the other way round, neither of which the other side moved among any: they are so in
 * the result, or a decision is about the order of one of them.
 */
function lostOrders(seen: Seen): readonly string[] {
  const places = {
    base: indexes(seen.base),
    side: indexes(seen.side),
    other: indexes(seen.other),
    result: indexes(seen.result),
  };
  const toOther = new Map([...seen.otherToBase].map(([key, old]) => [old, key]));
  const trios = [...seen.sideToBase].flatMap(([key, old]) => {
    const other = toOther.get(old);
    const [found, ...more] = foundIn(seen, key);
    return other === undefined || found === undefined || more.length > 0
      ? []
      : [{ key, old, other, result: found.stage }];
  });
  const at = (
    place: ReadonlyMap<string, readonly [string, number]>,
    key: string,
  ): readonly [string, number] => place.get(key) ?? ["", -1];
  const turned = (
    side: ReadonlyMap<string, readonly [string, number]>,
    x: readonly [string, string],
    y: readonly [string, string],
  ): boolean => {
    const [bx, by] = [at(places.base, x[0]), at(places.base, y[0])];
    const [sx, sy] = [at(side, x[1]), at(side, y[1])];
    return bx[0] === by[0] && sx[0] === sy[0] && bx[1] < by[1] !== sx[1] < sy[1];
  };
  const restless = new Set(
    trios.flatMap((x) =>
      trios.some((y) => y !== x && turned(places.other, [x.old, x.other], [y.old, y.other])) ? [x.key] : [],
    ),
  );
  const told = new Set(
    seen.decisions.flatMap(({ reason, stage }) => (reason === "moved-twice" ? [stage ?? ""] : [])),
  );
  return trios.flatMap((x, index) =>
    trios.slice(index + 1).flatMap((y) => {
      if (restless.has(x.key) || restless.has(y.key)) return [];
      if (!turned(places.side, [x.old, x.key], [y.old, y.key])) return [];
      const [rx, ry] = [at(places.result, x.result), at(places.result, y.result)];
      const [sx, sy] = [at(places.side, x.key), at(places.side, y.key)];
      const isThere = rx[0] !== ry[0] || rx[1] < ry[1] === sx[1] < sy[1];
      const isTold = [x, y].some((each) => told.has(each.result) || told.has(each.key) || told.has(each.old));
      return isThere || isTold ? [] : [`order ${x.key} ${y.key}`];
    }),
  );
}

function indexes(stages: Stages): ReadonlyMap<string, readonly [place: string, index: number]> {
  return new Map(
    [...stages.values()].map(({ stage, place }, index) => [stage, [JSON.stringify(place), index]] as const),
  );
}
