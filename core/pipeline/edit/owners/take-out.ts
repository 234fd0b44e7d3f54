import { stageById } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import type { PipelineDocument, Stage } from "../../model.ts";
import { localId } from "../clipping/copy-stages.ts";
import { type EditResult, refuse } from "../edit-result.ts";
import { type EditStep, inSteps } from "../in-steps.ts";
import { homeBeside, idAt } from "../insert-stage.ts";
import { leaveArm } from "../leave-arm.ts";
import { keepingMeaning } from "./keeping-meaning.ts";
import { isAround, movedId } from "./move-into.ts";
import { relocateStage } from "./relocate-stage.ts";
import { rewriteMentions } from "./rewrite-mentions.ts";
import { armsListing, type NamedArm, takePlaceOf } from "./take-place.ts";

/**
 * Takes stages out of the bodies that they run in, with the branches in there, or else out of the branches that enable
 * them; they are then where the owner is. What they waited for inside they wait for as a part of the owner.
 */
export function takeOut(document: PipelineDocument, ids: readonly string[]): EditResult {
  const stages = ids.flatMap((id) => stageById(document, id) ?? []);
  const unknown = ids.find((id) => stageById(document, id) === undefined);
  if (unknown !== undefined) return refuse(`There is no stage "${unknown}" in this file.`);
  const free = stages.find(({ id, nestedIn }) => nestedIn === null && armsListing(document, id).length === 0);
  if (free !== undefined) return refuse(`"${free.id}" is in no body and no branch.`);
  const nested = stages.filter(({ nestedIn }) => nestedIn !== null);
  const [first] = nested;
  if (first === undefined) {
    const among = new Set(ids);
    const steps = stages.flatMap((stage) => leaveSteps(document, stage, among));
    return keepingMeaning(document, inSteps(document, steps), (id) => id);
  }
  if (nested.length < stages.length || nested.some(({ nestedIn }) => nestedIn !== first.nestedIn)) {
    return refuse("The stages are inside different ones. Take them out one by one.");
  }
  return takeOutOf(document, nested, first.nestedIn ?? "");
}

/** The lists that a stage is to leave: of the body it runs in with the branches in there, or else of all branches. */
function armsToLeave(
  document: PipelineDocument,
  id: string,
  among: ReadonlySet<string>,
): readonly NamedArm[] {
  const named = armsListing(document, id);
  const bodies = named.filter(({ arm }) => isOwningArm(arm));
  // What is enabled by one that is taken out goes with it.
  const branches = named.filter(({ owner, arm }) => !isOwningArm(arm) && !among.has(owner));
  if (bodies.length === 0) return branches;
  const isInside = (owner: string): boolean => bodies.some((body) => isAround(document, body.owner, owner));
  return [...bodies, ...branches.filter(({ owner }) => isInside(owner))];
}

function leaveSteps(
  document: PipelineDocument,
  { id }: Stage,
  among: ReadonlySet<string>,
): readonly EditStep[] {
  const arms = armsToLeave(document, id, among);
  const body = arms.find(({ arm }) => isOwningArm(arm));
  return [
    ...arms.map(
      ({ owner, arm }): EditStep =>
        (current) =>
          leaveArm(current, owner, arm, id),
    ),
    // It comes to where the body is, or what decided on it.
    ...(body === undefined ? arms : [body]).flatMap(({ owner }) => takePlaceOf(document, owner, id)),
  ];
}

function takeOutOf(document: PipelineDocument, stages: readonly Stage[], ownerId: string): EditResult {
  const owner = stageById(document, ownerId);
  if (owner === undefined) return refuse(`There is no stage "${ownerId}" in this file.`);
  const beside = homeBeside(document, owner);
  const ids = new Map(stages.map((stage) => [stage.id, idAt(beside, localId(stage))]));
  const taken = [...ids.values()].find((id) => stageById(document, id) !== undefined);
  if (taken !== undefined)
    return refuse(`There is a stage "${taken}" there already. Rename one of them first.`);
  let { after } = beside;
  const moves = stages.map((stage): EditStep => {
    const home = { ...beside, after };
    after = ids.get(stage.id) ?? after;
    return (current) => relocateStage(current, stage.id, home);
  });
  const isMoved = (id: string): boolean => movedId(ids, id) !== id;
  return keepingMeaning(
    document,
    inSteps(document, [
      (current) =>
        rewriteMentions(current, ({ id, list, written, stage }) => {
          if (stage !== null && isMoved(stage)) {
            // What is left inside is seen from outside as the owner.
            return !isMoved(id) && id.startsWith(`${ownerId}/`) ? localId(owner) : undefined;
          }
          if (!isMoved(id)) return undefined;
          return list.startsWith("$group:") || written.includes("/") ? movedId(ids, id) : undefined;
        }),
      ...moves,
    ]),
    (id) => movedId(ids, id),
  );
}
