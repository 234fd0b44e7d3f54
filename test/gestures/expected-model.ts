import { expect } from "vitest";
import type { CanvasEdit, JsonValue } from "#core/pipeline";
import { expectedOfCopies } from "./expected-copies.ts";
import { expectedOfMoves } from "./expected-moves.ts";
import { expectedOfValues } from "./expected-values.ts";
import { type FileModel, sorted } from "./file-model.ts";

/**
 * What a file says after a gesture, by what the gesture means and without a look at any text. `after` is what it does
 * say: where the gesture leaves a choice (a new id), it is taken from there, and checked.
 */
export function expectedModel(before: FileModel, edit: CanvasEdit, after: FileModel): FileModel {
  const model = structuredClone(before);
  switch (edit.kind) {
    case "set-value":
    case "unset-value":
    case "set-stage-field":
    case "set-layout":
    case "add-note":
    case "add-group":
      return expectedOfValues(model, edit, after);
    case "move-into":
    case "take-out":
    case "drop-stages":
    case "reorder-stage":
    case "rename-stage-id":
      return expectedOfMoves(model, edit, after);
    case "add-stage":
    case "paste-stages":
    case "duplicate-stages":
    case "extract-subpipeline":
    case "inline-subpipeline":
      return expectedOfCopies(model, edit, after);
    case "move-stages":
      for (const { stage, x, y } of edit.moves)
        model.places.set(stage, { x: Math.round(x) + 0, y: Math.round(y) + 0 });
      return model;
    case "set-stage-name":
      stageOf(model, edit.stage).name = edit.name;
      return model;
    case "set-enabled":
      for (const id of edit.stages) {
        const stage = model.stages.get(id);
        if (stage !== undefined) stage.enabled = edit.state === "on";
        else switchInherited(model, id, edit.state);
      }
      return model;
    case "connect": {
      const target = stageOf(model, edit.to);
      target.waits = sorted([...target.waits, edit.from]);
      return model;
    }
    case "disconnect": {
      const branches = [...stageOf(before, edit.from).arms].filter(
        ([arm, members]) => !owns(arm) && members.includes(edit.to),
      );
      disconnect(model, edit.from, edit.to);
      return branches.length === 0 ? withOwners(model, after) : withReleased(model, before, after, [edit.to]);
    }
    case "reconnect":
      return reconnected(model, edit, after);
    case "delete-stages":
      return withReleased(withoutStages(model, edit.stages), before, after, releasedBy(before, edit.stages));
    case "revert-stages":
      throw new Error("Nothing is known of a parent.");
  }
}

/** A stage that is there. */
export function stageOf(
  model: FileModel,
  id: string,
): FileModel["stages"] extends Map<string, infer S> ? S : never {
  const stage = model.stages.get(id);
  if (stage === undefined) throw new Error(`There is no stage ${id}, and the gesture was not refused.`);
  return stage;
}

/** What leaves a body takes what it enables along; where stages run is the graph's law. */
function withOwners(model: FileModel, after: FileModel): FileModel {
  for (const [id, stage] of model.stages) stage.owner = stageOf(after, id).owner;
  return model;
}

/** What stages that go had in their arms, and stays. */
function releasedBy({ stages }: FileModel, gone: readonly string[]): readonly string[] {
  return gone.flatMap((id) => [...(stages.get(id)?.arms.values() ?? [])].flat());
}

/**
 * What a stage has had in its arms and has no more is in the body that it was in, or in the next one around that stays.
 * It may be in lists that the stage was in; no other list has changed.
 */
function withReleased(
  model: FileModel,
  before: FileModel,
  after: FileModel,
  released: readonly string[],
): FileModel {
  for (const [id, stage] of model.stages) {
    const now = stageOf(after, id);
    for (const [arm, members] of now.arms) {
      const were = stage.arms.get(arm) ?? [];
      const come = members.filter((each) => !were.includes(each));
      expect(released, `${id} ${arm}`).toEqual(expect.arrayContaining(come));
      setArm(
        stage,
        arm,
        members.filter((each) => were.includes(each) || come.includes(each)),
      );
    }
    if (released.includes(id)) {
      let owner = before.stages.get(id)?.owner ?? null;
      while (owner !== null && !model.stages.has(owner)) owner = before.stages.get(owner)?.owner ?? null;
      const bodies = [...before.stages].filter(([, { arms }]) =>
        [...arms].some(([arm, members]) => owns(arm) && members.includes(id)),
      );
      // In several bodies it is in the first, whichever stay.
      if (bodies.length < 2) expect(now.owner, `${id} is in the body it was in`).toBe(owner);
    }
    stage.owner = now.owner;
  }
  return model;
}

function disconnect(model: FileModel, from: string, to: string): void {
  const target = stageOf(model, to);
  const declared = target.waits.includes(from);
  target.waits = target.waits.filter((id) => id !== from);
  const source = stageOf(model, from);
  for (const [arm, members] of source.arms) {
    if (declared && owns(arm)) continue;
    setArm(
      source,
      arm,
      members.filter((id) => id !== to),
    );
  }
}

function reconnected(
  model: FileModel,
  { from, to, end, stage }: Extract<CanvasEdit, { kind: "reconnect" }>,
  after: FileModel,
): FileModel {
  if (stage === (end === "from" ? from : to)) return model;
  const target = stageOf(model, to);
  const declared = target.waits.includes(from);
  const arms = [...stageOf(model, from).arms]
    .filter(([, members]) => members.includes(to))
    .map(([arm]) => arm);
  expect(declared || arms.length > 0, "what is connected nowhere cannot be reconnected").toBe(true);
  // Whether it stays in a body that it declares to wait for, and in what order its arm is, is for other laws.
  for (const id of [from, to, stage]) {
    const [is, was] = [stageOf(after, id), stageOf(model, id)];
    was.arms = is.arms;
  }
  withOwners(model, after);
  target.waits = target.waits.filter((id) => id !== from);
  if (end === "from") {
    target.waits = sorted([...target.waits, stage]);
    expect(
      [...stageOf(after, from).arms.values()].flat().includes(to) && arms.every((arm) => !owns(arm)),
    ).toBe(false);
    return model;
  }
  const other = stageOf(model, stage);
  if (declared) other.waits = sorted([...other.waits, from]);
  for (const arm of arms) expect(stageOf(after, from).arms.get(arm)).toContain(stage);
  return model;
}

function owns(arm: string): boolean {
  return ["loop", "try", "catch", "finally"].includes(arm);
}

/** Sets the stages of an arm; an empty one is not there. */
export function setArm(
  stage: { arms: Map<string, string[]> },
  arm: string,
  members: readonly string[],
): void {
  if (members.length === 0) stage.arms.delete(arm);
  else stage.arms.set(arm, [...members]);
}

/** A model without stages, those inside them, notes and groups, and without all that names them outside of expressions. */
export function withoutStages(model: FileModel, ids: readonly string[]): FileModel {
  const isGone = (id: string): boolean => ids.some((each) => id === each || id.startsWith(`${each}/`));
  for (const id of ids) {
    if (!id.startsWith("$") && !model.stages.has(id)) switchInherited(model, id, "off");
  }
  const known = new Set(model.stages.keys());
  const gone = (id: string): boolean => isGone(id) && (known.has(id) || id.startsWith("$"));
  for (const id of [...known, ...model.notes.keys(), ...model.groups.keys()].filter(gone)) {
    model.stages.delete(id);
    model.places.delete(id);
    model.notes.delete(id);
    model.groups.delete(id);
    model.colors.delete(id);
  }
  model.order = model.order.filter((id) => !gone(id));
  if (model.output !== null && gone(model.output)) model.output = null;
  for (const stage of model.stages.values()) {
    stage.waits = stage.waits.filter((id) => !gone(id));
    if (stage.owner !== null && gone(stage.owner)) stage.owner = null;
    for (const [arm, members] of stage.arms)
      setArm(
        stage,
        arm,
        members.filter((id) => !gone(id)),
      );
  }
  for (const [id, group] of model.groups) {
    const had = group.members.length > 0;
    group.members = group.members.filter((member) => !gone(member));
    if (had && group.members.length === 0) model.groups.delete(id);
  }
  return model;
}

/** Stages of the parent pipeline are switched in `overrides`. */
function switchInherited(model: FileModel, id: string, state: "on" | "off"): void {
  const override = { ...(model.overrides[id] as Record<string, JsonValue> | undefined) };
  if (state === "off") model.overrides[id] = { ...override, enabled: false };
  else {
    delete override["enabled"];
    if (Object.keys(override).length > 0) model.overrides[id] = override;
    else delete model.overrides[id];
  }
}
