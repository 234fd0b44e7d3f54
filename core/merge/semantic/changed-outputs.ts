import type { PipelineContent, StageContent } from "../content/content.ts";
import { componentOf } from "../match/stage-features.ts";
import { pathWords } from "../report/describe-change.ts";
import { addressOf, type Decision, type Side } from "../three-way/decision.ts";
import { sameValue } from "../three-way/merging.ts";
import { freshProblems, UNKNOWN_STAGE } from "./fresh-problems.ts";
import { type Mention, mentionsOf, type Names } from "./mentions.ts";
import { type SemanticRule, stateOf } from "./orders.ts";
import { idsOf } from "./waits.ts";

/**
 * One side changed what a stage gives, the other began to read of it what it no longer gives; or one side made a stage a
 * component that reads a field, in which the other began to name what cannot be read.
 */
export const changedOutputs: SemanticRule = ({
  contents,
  merged,
  leftOut,
  renamedAndRemoved,
  orders,
  choiceOf,
}) => {
  const changes = (["ours", "theirs"] as const).flatMap((changer): readonly Change[] => {
    const other = contents[changer === "ours" ? "theirs" : "ours"];
    const stages = otherComponents(contents[changer], contents.base, other, merged);
    return stages.length === 0 ? [] : [{ changer, other, stages }];
  });
  // What a stage gives before what it reads: both may be told of one place, and not by whose turn it is.
  const candidates = [
    ...changes.flatMap((change) => readersOfChanged(change, contents.base)),
    ...changes.flatMap((change) => changedReaders(change, contents.base)),
  ];
  if (candidates.length === 0) return [];
  const fresh = freshProblems(leftOut.whole(merged), [contents.ours, contents.theirs].map(leftOut.whole));
  // Of a stage that a side removed another rule tells.
  const known = new Set([
    ...[contents.base, contents.ours, contents.theirs].flatMap((content) => [...idsOf(content)]),
    ...renamedAndRemoved.values(),
  ]);
  const decisions: Decision[] = [];
  for (const candidate of candidates) {
    const { reader, mention, changer, changed } = candidate;
    const problem = fresh.find(
      ({ stage, code }) =>
        stage === reader && (code !== UNKNOWN_STAGE || (changed === "reader" && !known.has(mention.id))),
    );
    const id = `output:${addressOf(reader, mention.path)}:${mention.id}`;
    if (problem === undefined || decisions.some((decision) => decision.id === id)) continue;
    decisions.push({
      id,
      state: stateOf(choiceOf(id)),
      reason: "output-changed",
      stage: reader,
      path: mention.path,
      base: undefined,
      ours: changer === "ours" ? undefined : mention.id,
      theirs: changer === "ours" ? mention.id : undefined,
      message: `${whatHappened(candidate)} ${problem.message}`,
      resolutions: ["ours", "theirs", "both"],
    });
    const choice = choiceOf(id) ?? "ours";
    if (choice === "both") continue;
    const kept: Side = choice === "theirs" ? "theirs" : "ours";
    // The other side's part goes: what reads the stage, or what the stage, or the reader, became.
    if (kept === changer) orders.forced.set(addressOf(reader, mention.path), kept);
    else
      orders.forced.set(
        addressOf(changed === "reader" ? reader : keyOf(contents[kept], mention.id), []),
        kept,
      );
  }
  return decisions;
};

/** A stage that names another, and who changed which of the two so that it may not do so any more. */
interface Candidate {
  readonly reader: string;
  readonly mention: Mention;
  readonly changer: Side;
  readonly changed: "read" | "reader";
}

function whatHappened({ reader, mention, changer, changed }: Candidate): string {
  const [one, other] = changer === "ours" ? ["Ours", "theirs"] : ["Theirs", "ours"];
  const became = changed === "read" ? mention.id : reader;
  return `${one} made the stage "${became}" another component, and ${other} reads ${changed === "read" ? "it" : `"${mention.id}"`} in ${pathWords(mention.path)} of "${reader}".`;
}

/** Every id, those that no stage has too. */
const EVERY: Names = { has: () => true };

/** Stages that a side made other components, beside the other side. */
interface Change {
  readonly changer: Side;
  readonly other: PipelineContent;
  readonly stages: readonly StageContent[];
}

/** What began to name such a stage on the other side. */
function readersOfChanged({ changer, other, stages }: Change, base: PipelineContent): readonly Candidate[] {
  const ids = new Set(stages.map(({ id, key }) => id ?? key));
  return newReaders(other, base, ids).map((each) => ({ ...each, changer, changed: "read" }));
}

/** What such a stage began to name on the other side, which left it the component that it was. */
function changedReaders({ changer, other, stages }: Change, base: PipelineContent): readonly Candidate[] {
  const keys = new Set(stages.map(({ key }) => key));
  const before = componentsByKey(base);
  const left = other.stages.filter(
    (stage) => keys.has(stage.key) && componentOf(stage) === before.get(stage.key),
  );
  return newReaders({ ...other, stages: left }, base, EVERY).map((each) => ({
    ...each,
    changer,
    changed: "reader",
  }));
}

/** Stages that a side alone made the component that they are in the result. */
function otherComponents(
  side: PipelineContent,
  base: PipelineContent,
  other: PipelineContent,
  merged: PipelineContent,
): readonly StageContent[] {
  const [before, beside, after] = [base, other, merged].map(componentsByKey);
  return side.stages.filter((stage) => {
    const [old, component] = [before?.get(stage.key), componentOf(stage)];
    const isItsOwn = old !== undefined && old !== component && beside?.get(stage.key) !== component;
    return isItsOwn && after?.get(stage.key) === component;
  });
}

function componentsByKey({ stages }: PipelineContent): ReadonlyMap<string, string> {
  return new Map(stages.map((stage) => [stage.key, componentOf(stage)]));
}

function newReaders(
  side: PipelineContent,
  base: PipelineContent,
  ids: Names,
): readonly Pick<Candidate, "reader" | "mention">[] {
  const old = new Map(base.stages.map((stage) => [stage.key, stage]));
  return side.stages.flatMap((stage) => {
    const before = old.get(stage.key);
    if (before !== undefined && sameValue(before.value, stage.value)) return [];
    // Another component reads other fields: what stood there may be read for the first time.
    const isSameReader = before !== undefined && componentOf(before) === componentOf(stage);
    const had = new Set(isSameReader ? mentionsOf(before, ids).map(placeOf) : []);
    return mentionsOf(stage, ids)
      .filter(
        (mention) => mention.kind === "expression" && mention.id !== stage.id && !had.has(placeOf(mention)),
      )
      .map((mention) => ({ reader: stage.key, mention }));
  });
}

function placeOf({ id, path }: Mention): string {
  return JSON.stringify([id, ...path]);
}

function keyOf({ stages }: PipelineContent, id: string): string {
  return stages.find((stage) => stage.id === id)?.key ?? id;
}
