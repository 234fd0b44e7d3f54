import type { PipelineContent, StageContent } from "../content/content.ts";
import { pathWords } from "../report/describe-change.ts";
import { addressOf, type Decision, type Side } from "../three-way/decision.ts";
import { type Mention, mentionsOf } from "./mentions.ts";
import { drop, type SemanticRule, stateOf } from "./orders.ts";
import { isOtherComponent } from "./other-component.ts";

/** One side removed a stage, the other began to refer to it. */
export const removedReferences: SemanticRule = ({
  contents,
  merged,
  renamedAndRemoved,
  orders,
  choiceOf,
}) => {
  const here = new Set(merged.stages.map(({ id }) => id ?? ""));
  const known = new Map(contents.base.stages.map((stage) => [stage.id ?? "", stage.key]));
  // The side that removed it has the id that it had.
  for (const [key, oldId] of renamedAndRemoved) if (!known.has(oldId)) known.set(oldId, key);
  const gone = new Set([...known.keys()].filter((id) => !here.has(id)));
  if (gone.size === 0) return [];
  const decisions: Decision[] = [];
  for (const stage of merged.stages) {
    for (const mention of mentionsOf(stage, gone)) {
      const removed = known.get(mention.id) ?? mention.id;
      const by = removedBy(contents, removed);
      if (by === null) continue;
      const side: Side = by === "ours" ? "theirs" : "ours";
      const oldId = renamedAndRemoved.get(removed);
      const ids = new Set(oldId === undefined ? [mention.id] : [oldId, removed]);
      if (!names(contents[side], stage.key, mention.path, ids)) continue;
      // Where the side that removed it names it itself, that is no fault of the merge, unless nothing has read it there.
      const isOnBoth = names(contents[by], stage.key, mention.path, ids);
      if (isOnBoth && !isOtherComponent(contents, stage.key)) continue;
      const decision = decisionOf(stage, mention, removed, by, choiceOf);
      if (decisions.some(({ id }) => id === decision.id)) continue;
      decisions.push(decision);
      // Nothing is to be taken out then: what reads the stage is there on both sides.
      if (isOnBoth && choiceOf(decision.id) === undefined) continue;
      const choice = choiceOf(decision.id) ?? "ours";
      if (choice === "both") continue;
      if (choice === side) {
        orders.forced.set(addressOf(removed, []), side);
        if (oldId === mention.id) orders.forced.set(addressOf(stage.key, mention.path), side);
      } else if (contents[by].stages.some(({ key }) => key === stage.key)) {
        orders.forced.set(addressOf(stage.key, mention.path), by);
      } else if (mention.kind !== "expression") {
        drop(orders, addressOf(stage.key, mention.path), mention.id);
      }
    }
  }
  return decisions;
};

function removedBy(
  { ours, theirs }: { readonly ours: PipelineContent; readonly theirs: PipelineContent },
  key: string,
): Side | null {
  const inOurs = ours.stages.some((stage) => stage.key === key);
  const inTheirs = theirs.stages.some((stage) => stage.key === key);
  if (inOurs === inTheirs) return null;
  return inOurs ? "theirs" : "ours";
}

function names(
  { stages }: PipelineContent,
  key: string,
  path: readonly string[],
  ids: ReadonlySet<string>,
): boolean {
  const stage = stages.find((each) => each.key === key);
  if (stage === undefined) return false;
  const place = pathWords(path);
  return mentionsOf(stage, ids).some((each) => pathWords(each.path) === place);
}

function decisionOf(
  stage: StageContent,
  { id: named, path }: Mention,
  removed: string,
  by: Side,
  choiceOf: (id: string) => Parameters<typeof stateOf>[0],
): Decision {
  const [one, other] = by === "ours" ? ["Ours", "theirs"] : ["Theirs", "ours"];
  const id = `reference:${addressOf(stage.key, path)}:${removed}`;
  return {
    id,
    state: stateOf(choiceOf(id)),
    reason: "reference-to-removed",
    stage: stage.key,
    path,
    base: undefined,
    ours: by === "ours" ? undefined : named,
    theirs: by === "ours" ? named : undefined,
    message: `${one} removed the stage "${named}", and ${other} refers to it in ${pathWords(path)} of "${stage.key}".`,
    resolutions: ["ours", "theirs", "both"],
  };
}
