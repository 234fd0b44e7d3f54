import { stageById } from "../../document/locate.ts";
import { isOwningArm } from "../../graph/owners.ts";
import { pipelineGraph } from "../../graph/pipeline-graph.ts";
import type { PipelineDocument } from "../../model.ts";
import { done } from "../edit-result.ts";
import { enterArm } from "../enter-arm.ts";
import type { EditStep } from "../in-steps.ts";
import { bodyOf } from "../insert-stage.ts";

/** An arm of a stage. */
export interface NamedArm {
  readonly owner: string;
  readonly arm: string;
}

/** The arms that list a stage, besides its own. */
export function armsListing({ pipeline }: PipelineDocument, id: string): readonly NamedArm[] {
  return pipeline.stages.flatMap((owner) =>
    owner.id === id
      ? []
      : owner.arms
          .filter(({ stages }) => stages.some(({ value }) => value === id))
          .map(({ arm }) => ({ owner: owner.id, arm })),
  );
}

/**
 * The steps that put a stage, which another has had in an arm and has no more, into the lists that the other is in:
 * else it would leave the body that it runs in, and run whatever the conditions around the other say. Where lists are
 * of stages that go too (`gone`), those that these are in. In a body and in a branch it is once.
 */
export function takePlaceOf(
  document: PipelineDocument,
  other: string,
  member: string,
  gone: ReadonlySet<string> = new Set(),
): readonly EditStep[] {
  return listsAround(document, other, gone, new Set()).map(
    ({ owner, arm, beside }): EditStep =>
      (current) => {
        const holder = stageById(current, owner);
        if (holder === undefined || owner === member || bodyOf(holder, arm) !== undefined) return done([]);
        const others = armsListing(current, member).filter((each) => !gone.has(each.owner));
        const isIn = others.some((each) => isOwningArm(each.arm) === isOwningArm(arm));
        if (isIn) return done([]);
        return enterArm(current, owner, arm, member, { kind: "after", stage: beside });
      },
  );
}

function listsAround(
  document: PipelineDocument,
  id: string,
  gone: ReadonlySet<string>,
  seen: Set<string>,
): readonly (NamedArm & { readonly beside: string })[] {
  if (seen.has(id)) return [];
  seen.add(id);
  return armsListing(document, id).flatMap((each) =>
    gone.has(each.owner) ? listsAround(document, each.owner, gone, seen) : [{ ...each, beside: id }],
  );
}

/** A stage that an arm has listed and lists no more. */
export interface Released {
  readonly from: NamedArm;
  readonly member: string;
}

/** What to know of such stages: that no branch decides on them any more, or which body they are in now. */
export function releasedNotes(after: PipelineDocument, released: readonly Released[]): readonly string[] {
  const notes = new Map<string, string[]>();
  for (const { from, member } of released) {
    const node = pipelineGraph(after).nodes.find(({ stage }) => stage.id === member);
    if (node === undefined || !node.stage.enabled) continue;
    const isBranch = !isOwningArm(from.arm);
    if (isBranch && armsListing(after, member).some(({ arm }) => !isOwningArm(arm))) continue;
    const had = isBranch ? `ran only where "${from.owner}" chose` : `ran inside "${from.owner}"`;
    const inside = node.owner === null ? "" : ` inside "${node.owner.stage}"`;
    const now = isBranch ? `always runs${inside}` : `runs${inside === "" ? " on its own" : inside}`;
    const key = `${had}: it ${now} now.`;
    notes.set(key, [...(notes.get(key) ?? []), `"${member}"`]);
  }
  return Array.from(notes, ([words, members]) => `${[...new Set(members)].join(", ")} ${words}`);
}
