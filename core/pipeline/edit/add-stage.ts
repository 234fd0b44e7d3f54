import type { AddStage } from "../canvas-edit.ts";
import { stageById } from "../document/locate.ts";
import { isOwningArm } from "../graph/owners.ts";
import type { JsonMembers } from "../json/json-object.ts";
import type { JsonValue } from "../json/node-to-json.ts";
import type { PipelineDocument } from "../model.ts";
import { armFields } from "../stage/arm-fields.ts";
import { connectStages } from "./connect-stages.ts";
import { done, type EditResult, refuse } from "./edit-result.ts";
import { enterArm } from "./enter-arm.ts";
import { inSteps } from "./in-steps.ts";
import { insertOnEdge } from "./insert-on-edge.ts";
import { homeBeside, idAt, insertStage } from "./insert-stage.ts";
import { moveStages } from "./move-stages.ts";
import { newStageId, whyNotId } from "./new-stage-id.ts";
import { joinBody, type Planned, planned, refusedPlace } from "./stage-plan.ts";
import { hasInlinePositions, spellType, typeKeyOf } from "./stage-spelling.ts";

/** Adds a stage and what connects it, as one edit. */
export function addStage(document: PipelineDocument, edit: AddStage): EditResult {
  const name = edit.id ?? newStageId(document, edit.componentType);
  const reason = whyNotId(document, name);
  if (reason !== null) return refuse(reason);
  const plan = planFor(document, edit);
  if (!plan.ok) return plan;
  const { home, links } = plan.plan;
  const id = idAt(home, name);
  const inline = edit.position !== null && hasInlinePositions(document);
  const { position } = edit;
  return inSteps(document, [
    (current) => insertStage(current, home, name, fieldsOf(current, edit, inline ? position : null)),
    ...links(id),
    (current) => (position === null || inline ? done([]) : moveStages(current, [{ stage: id, ...position }])),
  ]);
}

function fieldsOf(document: PipelineDocument, edit: AddStage, position: AddStage["position"]): JsonMembers {
  const fields: [string, JsonValue][] = [[typeKeyOf(document), spellType(document, edit.componentType)]];
  if (edit.name !== null && edit.name !== "") fields.push(["name", edit.name]);
  if (Object.keys(edit.config).length > 0) fields.push(["config", edit.config]);
  if (position !== null) fields.push(["position", { x: Math.round(position.x), y: Math.round(position.y) }]);
  return Object.fromEntries(fields);
}

function planFor(document: PipelineDocument, { place }: AddStage): Planned {
  switch (place.kind) {
    case "free":
      return planned({ kind: "file", after: null }, () => []);
    case "after":
      return planBeside(document, place.stage, (added) => [place.stage, added]);
    case "before":
      return planBeside(document, place.stage, (added) => [added, place.stage]);
    case "on-edge":
      return insertOnEdge(document, place.from, place.to);
    case "in-arm":
      return planInArm(document, place.owner, place.arm);
  }
}

/** Connected to a stage; `ends` says which waits for which. */
function planBeside(
  document: PipelineDocument,
  id: string,
  ends: (added: string) => readonly [string, string],
): Planned {
  const stage = stageById(document, id);
  if (stage === undefined) return refusedPlace(`There is no stage "${id}" in this file.`);
  return planned(homeBeside(document, stage), (added) => [
    ...joinBody(document, stage, added),
    (current) => connectStages(current, ...ends(added)),
  ]);
}

function planInArm(document: PipelineDocument, ownerId: string, arm: string): Planned {
  const owner = stageById(document, ownerId);
  if (owner === undefined) return refusedPlace(`There is no stage "${ownerId}" in this file.`);
  const entry = armFields(owner).find((each) => each.arm === arm);
  const isWritten = entry !== undefined;
  const isBody = isWritten
    ? entry.field.value.kind === "object"
    : document.tree.container?.kind === "map" && isOwningArm(arm);
  if (isBody) return planned({ kind: "body", owner: ownerId, arm, after: null }, () => []);
  const members = owner.arms.flatMap(({ stages }) => stages.map(({ value }) => stageById(document, value)));
  const last = owner.arms.find((each) => each.arm === arm)?.stages.at(-1)?.value;
  const beside = (last === undefined ? undefined : stageById(document, last)) ?? owner;
  const declares = members.some((member) => member?.dependsOn.some(({ value }) => value === ownerId));
  const home = homeBeside(document, beside.nestedIn === owner.nestedIn ? beside : owner);
  return planned(home, (added) => [
    (current) => enterArm(current, ownerId, arm, added, { kind: "end" }),
    (current) => (declares || members.length === 0 ? connectStages(current, ownerId, added) : done([])),
  ]);
}
