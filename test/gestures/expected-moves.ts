import { expect } from "vitest";
import type { CanvasEdit, JsonValue } from "#core/pipeline";
import { stageOf } from "./expected-model.ts";
import { type FileModel, type StageModel, sorted } from "./file-model.ts";

type MoveEdit = Extract<
  CanvasEdit,
  { kind: "move-into" | "take-out" | "drop-stages" | "reorder-stage" | "rename-stage-id" }
>;

/** {@link expectedModel} of gestures after which all stages are there, elsewhere or by other ids. */
export function expectedOfMoves(model: FileModel, edit: MoveEdit, after: FileModel): FileModel {
  switch (edit.kind) {
    case "rename-stage-id": {
      const own = ownId(edit.stage);
      const to = edit.stage.slice(0, edit.stage.length - own.length) + edit.to;
      return renamed(model, after, (id) => movedFrom(id, edit.stage, to), [own, edit.to]);
    }
    case "reorder-stage":
      return reordered(model, edit.stage, edit.before);
    case "move-into":
    case "take-out":
    case "drop-stages":
      return moved(model, edit, after);
  }
}

/** An id without those of the stages around. */
export function ownId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

function movedFrom(id: string, from: string, to: string): string {
  return id === from || id.startsWith(`${from}/`) ? to + id.slice(from.length) : id;
}

/** A model with other ids. What texts say of them is taken from `after`, if it is the same but for the names. */
function renamed(
  model: FileModel,
  after: FileModel,
  newId: (id: string) => string,
  names: readonly string[],
): FileModel {
  const stages = Array.from(model.stages, ([id, stage]): [string, StageModel] => {
    const now = stageOf(after, newId(id));
    expect(blanked(now.says, names), id).toEqual(blanked(stage.says, names));
    const arms = Array.from(stage.arms, ([arm, members]): [string, string[]] => [arm, members.map(newId)]);
    const owner = stage.owner === null ? null : newId(stage.owner);
    return [
      newId(id),
      { ...stage, says: now.says, owner, waits: sorted(stage.waits.map(newId)), arms: new Map(arms) },
    ];
  });
  expect(blanked(after.rest, names)).toEqual(blanked(model.rest, names));
  return {
    ...model,
    order: model.order.map(newId),
    stages: new Map(stages),
    output: model.output === null ? null : newId(model.output),
    places: new Map(Array.from(model.places, ([id, place]) => [newId(id), place])),
    colors: new Map(Array.from(model.colors, ([id, color]) => [newId(id), color])),
    groups: new Map(
      Array.from(model.groups, ([id, { says, members }]) => [id, { says, members: members.map(newId) }]),
    ),
    rest: after.rest,
  };
}

/** JSON in which names of stages look all the same wherever they are in a text. */
export function blanked(json: JsonValue, names: readonly string[]): JsonValue {
  const words = new Set(names);
  return JSON.parse(JSON.stringify(json), (_, value: JsonValue) =>
    typeof value === "string"
      ? value
          .replace(/[A-Za-z][\w-]*/g, (word) => (words.has(word) ? "§" : word))
          .replace(/\b(?:upstream|stages)(?:\.§|\['§'\])/g, "§")
      : value,
  );
}

function reordered(model: FileModel, id: string, before: string | null): FileModel {
  const owner = [...model.stages].find(
    ([each]) => id.startsWith(`${each}/`) && !id.slice(each.length + 1).includes("/"),
  );
  const arm = owner?.[1].arms;
  const [name, body] = [...(arm ?? [])].find(([, members]) => members.includes(id)) ?? [];
  const siblings = owner === undefined ? model.order.filter((each) => !each.includes("/")) : (body ?? []);
  const order = siblings.filter((each) => each !== id);
  order.splice(before === null || before === id ? order.length : order.indexOf(before), 0, id);
  const list = before === id ? siblings : order;
  const blocks = list.flatMap((each) =>
    model.order.filter((other) => other === each || other.startsWith(`${each}/`)),
  );
  const inside = new Set(blocks);
  let next = 0;
  model.order = model.order.map((each) => (inside.has(each) ? (blocks[next++] ?? each) : each));
  if (name !== undefined && arm !== undefined) arm.set(name, list);
  return model;
}

/** In the map dialect ids change; what waits for what is the graph's law, and compared by owners here. */
function moved(
  model: FileModel,
  edit: Extract<CanvasEdit, { kind: "move-into" | "take-out" | "drop-stages" }>,
  after: FileModel,
): FileModel {
  const gone = [...model.stages.keys()].filter((id) => !after.stages.has(id));
  const come = [...after.stages.keys()].filter((id) => !model.stages.has(id));
  expect(come.map(ownId).sort()).toEqual(gone.map(ownId).sort());
  const newId = (id: string): string => {
    if (!gone.includes(id)) return id;
    const root = edit.stages.find((each) => id === each || id.startsWith(`${each}/`));
    expect(root, `${id} was not to be moved`).toBeDefined();
    const tail = id.slice((root ?? id).length - ownId(root ?? id).length);
    return come.find((each) => each === tail || each.endsWith(`/${tail}`)) ?? id;
  };
  const names = edit.stages.map(ownId);
  const into = edit.kind === "move-into" ? edit : edit.kind === "drop-stages" ? edit.into : null;
  for (const id of edit.stages) {
    const now = after.stages.get(newId(id));
    if (now === undefined) throw new Error(`${id} is lost.`);
    if (edit.kind === "take-out") {
      checkTakenOut(model, edit.stages, id, now.owner, after);
    } else if (into === null) {
      expect(now.owner, id).toBe(null);
    } else {
      expect(after.stages.get(into.owner)?.arms.get(into.arm), id).toContain(newId(id));
    }
  }
  for (const [id, was] of model.stages) {
    const now = stageOf(after, newId(id));
    expect(blanked(now.says, names), id).toEqual(blanked(was.says, names));
    expect([now.type, now.name, now.enabled]).toEqual([was.type, was.name, was.enabled]);
    const isMoved = edit.stages.some((each) => id === each || id.startsWith(`${each}/`));
    const touches = (each: string): boolean =>
      isMoved || edit.stages.some((other) => each === other || each.startsWith(`${other}/`));
    // What neither moves nor waits for what moves waits for the same.
    // In an arm whose stages declare that they wait for its owner, a new one does too.
    const declared = into !== null && isMoved ? [ownId(into.owner), into.owner] : [];
    const waits = now.waits.filter((each) => was.waits.includes(each) || !declared.includes(each));
    if (!was.waits.some(touches)) expect(waits, id).toEqual(was.waits);
  }
  for (const { stage, x, y } of edit.kind === "drop-stages" ? edit.moves : [])
    model.places.set(stage, { x: Math.round(x) + 0, y: Math.round(y) + 0 });
  expect(after.places).toEqual(new Map(Array.from(model.places, ([id, place]) => [newId(id), place])));
  expect(sorted(after.colors.keys())).toEqual(sorted([...model.colors.keys()].map(newId)));
  for (const [id, { members }] of model.groups)
    expect(after.groups.get(id)?.members).toEqual(members.map(newId));
  const output = model.output === null ? null : newId(model.output);
  return { ...after, notes: model.notes, output, rest: model.rest, overrides: model.overrides };
}

/** Out of the body that lists it, or else out of the branches; of those of a stage that goes too it stays a part. */
function checkTakenOut(
  model: FileModel,
  together: readonly string[],
  id: string,
  owner: string | null,
  after: FileModel,
): void {
  const listing = [...model.stages].flatMap(([each, { arms }]) =>
    [...arms].filter(([, members]) => each !== id && members.includes(id)).map(([arm]) => ({ each, arm })),
  );
  const body =
    listing.find(({ arm }) => OWNING.includes(arm)) ?? listing.find(({ each }) => id.startsWith(`${each}/`));
  if (body !== undefined) {
    expect(owner, id).not.toBe(stageOf(model, id).owner);
    return;
  }
  const others = listing.filter(({ each }) => !together.includes(each));
  for (const { each, arm } of others)
    expect(after.stages.get(each)?.arms.get(arm) ?? [], each).not.toContain(id);
  if (others.length === listing.length) expect(owner, id).toBe(stageOf(model, id).owner);
}

const OWNING = ["loop", "try", "catch", "finally"];
