import type { DropStages } from "../../canvas-edit.ts";
import { stageById } from "../../document/locate.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { PipelineDocument } from "../../model.ts";
import { localId } from "../clipping/copy-stages.ts";
import { done, type EditResult, refuse } from "../edit-result.ts";
import { inSteps } from "../in-steps.ts";
import { homeBeside, idAt } from "../insert-stage.ts";
import { moveStages } from "../move-stages.ts";
import { moveInto } from "./move-into.ts";
import { takeOut } from "./take-out.ts";
import type { NamedArm } from "./take-place.ts";

/**
 * Takes stages to places, and with that into an arm, or out of all that they are in (null). They are taken out of one
 * body after the other until they are beside what the arm is of, so that each step keeps what it means.
 */
export function dropStages(document: PipelineDocument, { stages, into, moves }: DropStages): EditResult {
  return inSteps(document, [
    // The places go along when ids change.
    (current) => moveStages(current, moves),
    (current) => bring(current, stages, into),
  ]);
}

function bring(document: PipelineDocument, ids: readonly string[], into: DropStages["into"]): EditResult {
  const unknown = ids.find((id) => stageById(document, id) === undefined);
  if (unknown !== undefined) return refuse(`There is no stage "${unknown}" in this file.`);
  const around =
    into === null ? [] : [into.owner, ...framesOf(document, into.owner).map(({ owner }) => owner)];
  const held = ids.find((id) => around.includes(id));
  if (held !== undefined) return refuse(`"${into?.owner ?? ""}" is "${held}" or inside it.`);
  const [first, ...rest] = ids.filter((id) => !isBeside(document, id, into));
  if (first === undefined) return into === null ? done([]) : moveInto(document, ids, into.owner, into.arm);
  const frame = frameOf(document, first);
  // Those of the same body go at once: they may read each other.
  const group = [first, ...rest.filter((id) => isSame(frameOf(document, id), frame))];
  const newIds = new Map(group.map((id) => [id, idOutside(document, id)]));
  return inSteps(document, [
    (current) => takeOut(current, group),
    (current) =>
      isSame(frameOf(current, newIds.get(first) ?? first), frame)
        ? refuse(`"${first}" cannot be taken out of "${frame?.owner ?? ""}" here. Change that in the text.`)
        : bring(
            current,
            ids.map((id) => newIds.get(id) ?? id),
            into,
          ),
  ]);
}

/** Whether a stage is where an arm's stage is, or in another arm of that; null: whether it is in nothing. */
function isBeside(document: PipelineDocument, id: string, into: DropStages["into"]): boolean {
  const frame = frameOf(document, id);
  if (frame === null) return true;
  if (into === null) return false;
  return frame.owner === into.owner || framesOf(document, into.owner).some((each) => isSame(each, frame));
}

/** The body that a stage runs in, or in the map dialect the branch that it is written in. */
function frameOf(document: PipelineDocument, id: string): NamedArm | null {
  const owner = pipelineGraph(document).nodes.find(({ stage }) => stage.id === id)?.owner ?? null;
  return owner === null ? null : { owner: owner.stage, arm: owner.arm };
}

function framesOf(document: PipelineDocument, id: string): readonly NamedArm[] {
  const frames: NamedArm[] = [];
  for (let at = frameOf(document, id); at !== null; at = frameOf(document, at.owner)) frames.push(at);
  return frames;
}

function isSame(one: NamedArm | null, other: NamedArm | null): boolean {
  return one?.owner === other?.owner && one?.arm === other?.arm;
}

/** The id that a stage has once it is taken out of what it is written inside. */
function idOutside(document: PipelineDocument, id: string): string {
  const stage = stageById(document, id);
  const owner = stage?.nestedIn == null ? undefined : stageById(document, stage.nestedIn);
  return stage === undefined || owner === undefined ? id : idAt(homeBeside(document, owner), localId(stage));
}
