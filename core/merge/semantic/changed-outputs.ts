import { checkPipeline } from "#core/checks";
import { parsePipeline } from "#core/pipeline";
import type { PipelineContent } from "../content/content.ts";
import { contentToJson } from "../content/content-to-json.ts";
import { componentOf } from "../match/stage-features.ts";
import { pathWords } from "../report/describe-change.ts";
import { addressOf, type Decision, type Side } from "../three-way/decision.ts";
import { sameValue } from "../three-way/merging.ts";
import { type Mention, mentionsOf } from "./mentions.ts";
import { type SemanticRule, stateOf } from "./orders.ts";

/** One side changed what a stage gives, the other began to read of it what it no longer gives. */
export const changedOutputs: SemanticRule = ({ contents, merged, leftOut, orders, choiceOf }) => {
  const candidates = (["ours", "theirs"] as const).flatMap((changer) => {
    const other = contents[changer === "ours" ? "theirs" : "ours"];
    const changed = otherComponents(contents[changer], contents.base, other, merged);
    return newReaders(other, contents.base, changed).map((reader) => ({ ...reader, changer }));
  });
  if (candidates.length === 0) return [];
  const told = new Set(
    [contents.ours, contents.theirs].flatMap((side) => problemsOf(leftOut.whole(side))).map(textOf),
  );
  const fresh = problemsOf(leftOut.whole(merged)).filter((problem) => !told.has(textOf(problem)));
  const decisions: Decision[] = [];
  for (const { reader, mention, changer } of candidates) {
    const problem = fresh.find(({ stage }) => stage === reader);
    const id = `output:${addressOf(reader, mention.path)}:${mention.id}`;
    if (problem === undefined || decisions.some((decision) => decision.id === id)) continue;
    const [one, other] = changer === "ours" ? ["Ours", "theirs"] : ["Theirs", "ours"];
    decisions.push({
      id,
      state: stateOf(choiceOf(id)),
      reason: "output-changed",
      stage: reader,
      path: mention.path,
      base: undefined,
      ours: changer === "ours" ? undefined : mention.id,
      theirs: changer === "ours" ? mention.id : undefined,
      message: `${one} made the stage "${mention.id}" another component, and ${other} reads it in ${pathWords(mention.path)} of "${reader}". ${problem.message}`,
      resolutions: ["ours", "theirs", "both"],
    });
    const choice = choiceOf(id) ?? "ours";
    if (choice === "both") continue;
    const kept: Side = choice === "theirs" ? "theirs" : "ours";
    // The other side's part goes: what reads the stage, or what the stage became.
    if (kept === changer) orders.forced.set(addressOf(reader, mention.path), kept);
    else orders.forced.set(addressOf(keyOf(contents[kept], mention.id), []), kept);
  }
  return decisions;
};

/** Stages that a side alone made the component that they are in the result, by their ids. */
function otherComponents(
  side: PipelineContent,
  base: PipelineContent,
  other: PipelineContent,
  merged: PipelineContent,
): ReadonlySet<string> {
  const [before, beside, after] = [base, other, merged].map(componentsByKey);
  return new Set(
    side.stages.flatMap((stage) => {
      const [old, component] = [before?.get(stage.key), componentOf(stage)];
      const isItsOwn = old !== undefined && old !== component && beside?.get(stage.key) !== component;
      return isItsOwn && after?.get(stage.key) === component ? [stage.id ?? stage.key] : [];
    }),
  );
}

function componentsByKey({ stages }: PipelineContent): ReadonlyMap<string, string> {
  return new Map(stages.map((stage) => [stage.key, componentOf(stage)]));
}

function newReaders(
  side: PipelineContent,
  base: PipelineContent,
  ids: ReadonlySet<string>,
): readonly { readonly reader: string; readonly mention: Mention }[] {
  if (ids.size === 0) return [];
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

interface Told {
  readonly stage?: string;
  readonly code: string;
  readonly message: string;
}

function problemsOf(content: PipelineContent): readonly Told[] {
  const { problems } = checkPipeline(parsePipeline(JSON.stringify(contentToJson(content).json)));
  return problems.filter(({ code }) => ABOUT_OUTPUTS.has(code));
}

/** What is wrong where a stage reads what another is not or does not give: unknown fields, stages of a loop, types. */
const ABOUT_OUTPUTS: ReadonlySet<string> = new Set(["FM1204", "FM1207", "FM1220"]);

function textOf({ stage = "", code, message }: Told): string {
  return JSON.stringify([stage, code, message]);
}
