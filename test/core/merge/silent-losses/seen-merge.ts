import { type Change, type Decision, diffPipelines, type StageAdded } from "#core/merge";
import { documentToJson, type JsonValue, parsePipeline } from "#core/pipeline";

/** A merge: three texts, what came of them, and what was told. `side` is the one whose changes are looked for. */
export interface Merge {
  readonly base: string;
  readonly side: string;
  readonly other: string;
  readonly result: string;
  readonly decisions: readonly Decision[];
}

export type Stages = ReadonlyMap<string, StageAdded>;

export interface Seen {
  readonly decisions: readonly Decision[];
  readonly result: Stages;
  readonly resultText: string;
  readonly base: Stages;
  readonly side: Stages;
  readonly other: Stages;
  readonly fields: JsonValue;
  readonly baseFields: JsonValue;
  /** Keys in the side and the other -> keys in the base, for stages that the base has. */
  readonly sideToBase: ReadonlyMap<string, string>;
  readonly otherToBase: ReadonlyMap<string, string>;
  /** Ids of the side -> ids in the result, where these differ. */
  readonly names: ReadonlyMap<string, string>;
}

export function seenOf({ base, side, other, result, decisions }: Merge): Seen {
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
    const numbered = `${id}_2`;
    // What a side added under an id that the other gave to one of the base has a number there.
    if (id !== null && old === undefined && ids.has(numbered) && isTaken(decisions, id))
      names.set(id, numbered);
    if (id === null || old === undefined || typeof otherId !== "string" || otherId === id) continue;
    // What the other side renamed alone has its name there; what both renamed has one of two, and a decision says so.
    const isRenamedTwice = decisions.some(
      ({ reason, stage }) => reason === "renamed-twice" && stage === oldId,
    );
    // Where the new id was taken it is called as ours has it.
    const taken = decisions.find((each) => each.reason === "id-taken" && each.stage === oldId)?.ours;
    if (typeof taken === "string") names.set(id, taken);
    else if (id === oldId || (isRenamedTwice && !ids.has(id))) names.set(id, otherId);
  }
  return {
    decisions,
    result: found,
    resultText: result,
    ...stages,
    fields: fieldsOf(result),
    baseFields: fieldsOf(base),
    sideToBase,
    otherToBase,
    names,
  };
}

function isTaken(decisions: readonly Decision[], id: string): boolean {
  return decisions.some(
    ({ reason, ours, theirs }) => reason === "id-taken" && (ours === id || theirs === id),
  );
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

export function changesOf(before: string, after: string): readonly Change[] {
  const result = diffPipelines(before, after);
  if (!result.ok) throw new Error(result.message);
  return result.diff.changes;
}

/** The pipeline without its stages. */
function fieldsOf(text: string): JsonValue {
  return documentToJson(parsePipeline(text));
}
