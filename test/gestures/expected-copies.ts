import { expect } from "vitest";
import { type CanvasEdit, type JsonMembers, type JsonValue, parsePipeline } from "#core/pipeline";
import { stageOf, withoutStages } from "./expected-model.ts";
import { blanked, ownId } from "./expected-moves.ts";
import { type FileModel, fileModel, type StageModel, sorted } from "./file-model.ts";

type CopyEdit = Extract<
  CanvasEdit,
  { kind: "add-stage" | "paste-stages" | "duplicate-stages" | "extract-subpipeline" | "inline-subpipeline" }
>;

/** {@link expectedModel} of gestures that make new stages. */
export function expectedOfCopies(model: FileModel, edit: CopyEdit, after: FileModel): FileModel {
  const added = after.order.filter((id) => !model.stages.has(id));
  switch (edit.kind) {
    case "add-stage": {
      expect(added).toHaveLength(1);
      const [id = ""] = added;
      const stage = stageOf(after, id);
      if (edit.id !== null) expect(ownId(id)).toBe(edit.id);
      expect([stage.type, stage.name, stage.enabled]).toEqual([edit.componentType, edit.name ?? "", true]);
      expect(stage.says["config"] ?? {}).toEqual(edit.config);
      if (edit.position !== null) expect(after.places.get(id)).toEqual(edit.position);
      const { place } = edit;
      return withAdded(model, after, added, {
        waits: (each) =>
          (place.kind === "before" && each === place.stage) ||
          (place.kind === "on-edge" && each === place.to),
        arms: () => place.kind !== "free",
        // What comes out of a branch may have to be named by the body around it.
        loses:
          place.kind === "on-edge" ? [place.from, place.to, model.stages.get(place.to)?.owner ?? ""] : [],
      });
    }
    case "paste-stages": {
      const source = fileModel(parsePipeline(JSON.stringify(edit.clipping)));
      const newIds = matched(tops(source.order), added.filter(isTopOf(added)));
      const isKnown = (id: string): boolean => model.stages.has(id) || Object.hasOwn(model.rest, "extends");
      const owner = edit.into?.owner;
      if (edit.into === null) {
        checkCopies(source, after, newIds, isKnown);
      } else {
        const { arms } = stageOf(after, edit.into.owner);
        const inArms = new Set(
          [...newIds.values()].flatMap((id) => [...stageOf(after, id).arms.values()].flat()),
        );
        // All are in the arm that are in none of each other.
        for (const id of newIds.values())
          if (!inArms.has(id)) expect(arms.get(edit.into.arm), id).toContain(id);
        // In a body a name may mean another stage, or one that comes too late; its own branch may be waited for.
        checkCopies(source, after, newIds, isKnown, edit.into.owner);
      }
      // In a branch of a stage inside another, it is inside that too.
      const isAround = (id: string): boolean => id === owner || owner?.startsWith(`${id}/`) === true;
      return withAdded(model, after, added, { waits: () => false, arms: isAround, loses: [] });
    }
    case "duplicate-stages":
      checkCopies(model, after, duplicatesOf(model, edit.stages, added), () => true);
      return withAdded(model, after, added, { waits: () => false, arms: () => true, loses: [] });
    case "extract-subpipeline":
    case "inline-subpipeline": {
      const gone = [...model.stages.keys()].filter((id) => !after.stages.has(id));
      if (edit.kind === "extract-subpipeline") expect(added).toHaveLength(1);
      else expect(gone).toEqual([edit.stage]);
      for (const id of edit.kind === "extract-subpipeline" ? edit.stages : []) expect(gone).toContain(id);
      const waited = namers(model, gone, ({ waits }) => waits);
      const held = namers(model, gone, ({ arms }) => [...arms.values()].flat());
      const kept = structuredClone(model);
      const rest = { ...withoutStages(model, gone), output: kept.output, groups: kept.groups };
      if (kept.output !== null && gone.includes(kept.output)) expect(added).toContain(after.output);
      else expect(after.output).toBe(kept.output);
      rest.output = after.output;
      rest.groups = after.groups;
      const changes = {
        waits: (id: string) => waited.has(id),
        arms: (id: string) => held.has(id),
        loses: [],
      };
      return withAdded(withReaders(rest, after, gone.map(ownId)), after, added, changes);
    }
  }
}

/** What read stages that are gone reads something else now. */
function withReaders(model: FileModel, after: FileModel, gone: readonly string[]): FileModel {
  const isReader = (value: JsonValue): boolean =>
    typeof value === "string" && gone.some((id) => value.includes(id));
  const read = (was: JsonValue, is: JsonValue | undefined): JsonValue => {
    if (isReader(was)) return is ?? null;
    if (was === null || typeof was !== "object") return was;
    const entries = Object.entries(was).map(([key, value]) => [key, read(value, memberOf(is, key))] as const);
    return Array.isArray(was) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
  };
  const stages = Array.from(model.stages, ([id, stage]): [string, StageModel] => [
    id,
    { ...stage, says: read(stage.says, after.stages.get(id)?.says) as Record<string, JsonValue> },
  ]);
  return {
    ...model,
    stages: new Map(stages),
    rest: read(model.rest, after.rest) as Record<string, JsonValue>,
  };
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  return value !== null && typeof value === "object" ? (value as JsonMembers)[key] : undefined;
}

function namers(
  model: FileModel,
  gone: readonly string[],
  named: (stage: StageModel) => readonly string[],
): ReadonlySet<string> {
  return new Set(
    [...model.stages].filter(([, stage]) => named(stage).some((id) => gone.includes(id))).map(([id]) => id),
  );
}

/** Which of the stages that were there may now name new ones, and which may name others no more. */
interface Changes {
  readonly waits: (id: string) => boolean;
  readonly arms: (id: string) => boolean;
  readonly loses: readonly string[];
}

/** The model with new stages as they are in `after`, where what was there is as it was but for the changes. */
function withAdded(
  model: FileModel,
  after: FileModel,
  added: readonly string[],
  changes: Changes,
): FileModel {
  const isOld = (id: string): boolean => !added.includes(id);
  const names = [...added, ...model.order].map(ownId);
  const stages = new Map(model.stages);
  for (const [id, was] of model.stages) {
    const now = stageOf(after, id);
    expect(blanked(now.says, names), id).toEqual(blanked(was.says, names));
    const waits = changes.waits(id) ? now.waits.filter(isOld) : now.waits;
    const arms = Array.from(
      now.arms,
      ([arm, members]) => [arm, changes.arms(id) ? members.filter(isOld) : members] as const,
    );
    const left = new Map(arms.filter(([, members]) => members.length > 0));
    if (!changes.loses.includes(id)) expect([waits, left], id).toEqual([was.waits, was.arms]);
    stages.set(id, { ...was, says: now.says, waits: now.waits, arms: now.arms });
  }
  const old = <T>(map: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...map].filter(([id]) => isOld(id)));
  expect(after.order.filter(isOld)).toEqual(model.order);
  expect([old(after.places), old(after.colors)]).toEqual([model.places, model.colors]);
  for (const id of added) stages.set(id, stageOf(after, id));
  const { order, places, colors } = after;
  return { ...model, order, stages, places, colors };
}

function checkCopies(
  source: FileModel,
  after: FileModel,
  newIds: ReadonlyMap<string, string>,
  isKnown: (id: string) => boolean,
  into: string | null = null,
): void {
  const names = [...newIds].flat().map(ownId);
  const newId = (id: string): string | null => {
    for (const [from, to] of newIds)
      if (id === from || id.startsWith(`${from}/`)) return to + id.slice(from.length);
    return null;
  };
  for (const id of source.order) {
    const to = newId(id);
    if (to === null) continue;
    const was = stageOf(source, id);
    const now = stageOf(after, to);
    expect(blanked(now.says, names), to).toEqual(blanked(was.says, names));
    expect([now.type, now.name, now.enabled]).toEqual([was.type, was.name, was.enabled]);
    // Where the copy stands in another body, one name may mean the stage there.
    if (into === null) {
      const waits = was.waits.flatMap((each) => newId(each) ?? (isKnown(each) ? each : []));
      expect(sorted(now.waits.map(ownId)), to).toEqual(sorted(waits.map(ownId)));
    } else {
      const waits = was.waits.map((each) => newId(each) ?? each);
      expect([ownId(into), ...waits.map(ownId)], to).toEqual(expect.arrayContaining(now.waits.map(ownId)));
      const among = was.waits.flatMap((each) => newId(each) ?? []);
      expect(now.waits.map(ownId), to).toEqual(expect.arrayContaining(among.map(ownId)));
    }
    const arms = Array.from(
      was.arms,
      ([arm, members]) => [arm, members.flatMap((each) => newId(each) ?? [])] as const,
    );
    expect(now.arms, to).toEqual(new Map(arms.filter(([, members]) => members.length > 0)));
  }
}

function tops(ids: readonly string[]): readonly string[] {
  return ids.filter((id) => !id.includes("/"));
}

/** Whether a stage is inside none of the others. */
function isTopOf(ids: readonly string[]): (id: string) => boolean {
  return (id) => !ids.some((each) => id.startsWith(`${each}/`));
}

function matched(from: readonly string[], to: readonly string[]): ReadonlyMap<string, string> {
  expect(to).toHaveLength(from.length);
  return new Map(from.map((id, index) => [id, to[index] ?? ""]));
}

/** Copies stand in the bodies of their originals, in each in the order of these. */
function duplicatesOf(
  model: FileModel,
  asked: readonly string[],
  added: readonly string[],
): ReadonlyMap<string, string> {
  const copied = new Set<string>();
  const waiting = [...asked];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (copied.has(id)) continue;
    copied.add(id);
    for (const [arm, members] of stageOf(model, id).arms)
      if (["loop", "try", "catch", "finally"].includes(arm)) waiting.push(...members);
  }
  const originals = model.order.filter((id) => copied.has(id) && isTopOf([...copied])(id));
  const copies = added.filter(isTopOf(added));
  const around = (id: string): string => id.slice(0, id.length - ownId(id).length);
  return new Map(
    [...new Set(originals.map(around))].flatMap((place) => [
      ...matched(
        originals.filter((id) => around(id) === place),
        copies.filter((id) => around(id) === place),
      ),
    ]),
  );
}
