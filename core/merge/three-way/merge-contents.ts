import { isJsonObject, type JsonMembers, type JsonValue } from "#core/pipeline";
import type { PipelineContent } from "../content/content.ts";
import { changedOutputs } from "../semantic/changed-outputs.ts";
import { togetherCycles } from "../semantic/cycles.ts";
import { keptArms } from "../semantic/kept-arms.ts";
import type { Orders, Seen, SemanticRule } from "../semantic/orders.ts";
import { removedReferences } from "../semantic/removed-references.ts";
import { twoBranches } from "../semantic/two-branches.ts";
import type { Choice, Decision } from "./decision.ts";
import { mergeStages } from "./merge-stages.ts";
import { mergeValue } from "./merge-value.ts";
import type { Merging, Three } from "./merging.ts";

const rules: readonly SemanticRule[] = [
  keptArms,
  removedReferences,
  twoBranches,
  togetherCycles,
  changedOutputs,
];

/** What does not go together is taken out round by round; each round takes something out, so few are needed. */
const MOST_ROUNDS = 8;

/** The merged pipeline and all that was or is to be decided. */
export interface MergedContent {
  readonly content: PipelineContent;
  readonly decisions: readonly Decision[];
}

/** Merges three pipelines whose stages have the same keys where they are the same. */
export function mergeContents(
  contents: Three<PipelineContent>,
  origin: "common" | "none",
  {
    choiceOf,
    favor,
    same,
    renamedAndRemoved,
    leftOut,
  }: Pick<Merging, "choiceOf" | "favor" | "same" | "renamedAndRemoved"> & Pick<Seen, "leftOut">,
): MergedContent {
  const chosen = (id: string): Choice | undefined => choiceOf(id) ?? favor;
  const orders: Orders = { forced: new Map(), dropped: new Map() };
  const meant = new Map<string, Decision>();
  for (let round = 1; ; round += 1) {
    const merging: Merging = { decisions: [], choiceOf, favor, ...orders, renamedAndRemoved, same };
    const merged = mergeOnce(merging, contents, origin);
    const before = sizeOf(orders);
    for (const rule of rules)
      for (const decision of rule({ contents, merged, leftOut, renamedAndRemoved, orders, choiceOf: chosen }))
        if (!meant.has(decision.id)) meant.set(decision.id, decision);
    if (sizeOf(orders) === before || round === MOST_ROUNDS)
      return { content: merged, decisions: [...meant.values(), ...merging.decisions] };
  }
}

function mergeOnce(
  merging: Merging,
  contents: Three<PipelineContent>,
  origin: "common" | "none",
): PipelineContent {
  const { base, ours, theirs } = contents;
  const stages = mergeStages(merging, contents, origin);
  const fields = mergeValue(
    merging,
    { stage: null, path: [] },
    { base: origin === "none" ? undefined : base.fields, ours: ours.fields, theirs: theirs.fields },
  );
  const container = ours.container === "none" ? theirs.container : ours.container;
  const members = isJsonObject(fields) ? fields : {};
  return { container, fields: withoutGone(members, contents, new Set(stages.map(({ key }) => key))), stages };
}

/** Nothing is left of where a stage was drawn that is gone. */
function withoutGone(
  fields: JsonMembers,
  contents: Three<PipelineContent>,
  here: ReadonlySet<string>,
): JsonMembers {
  const layout = fields["layout"];
  if (!Object.hasOwn(fields, "layout") || !isJsonObject(layout)) return fields;
  const sides = [contents.base, contents.ours, contents.theirs];
  const gone = new Set(
    sides.flatMap(({ stages }) => stages.flatMap(({ key }) => (here.has(key) ? [] : [key]))),
  );
  // A line that a side keeps without its stage is as its people want it.
  for (const side of sides) for (const key of linesWithoutStage(side)) gone.delete(key);
  if (!Object.keys(layout).some((key) => gone.has(key))) return fields;
  const left: readonly (readonly [string, JsonValue])[] = Object.entries(layout).filter(
    ([key]) => !gone.has(key),
  );
  return { ...fields, layout: Object.fromEntries(left) };
}

function linesWithoutStage({ fields, stages }: PipelineContent): readonly string[] {
  const layout = Object.hasOwn(fields, "layout") ? fields["layout"] : undefined;
  if (!isJsonObject(layout)) return [];
  const keys = new Set(stages.map(({ key }) => key));
  return Object.keys(layout).filter((key) => !keys.has(key));
}

function sizeOf({ forced, dropped }: Orders): number {
  return forced.size + [...dropped.values()].reduce((sum, items) => sum + items.size, 0);
}
