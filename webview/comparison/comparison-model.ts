import { parsePipeline } from "#core/pipeline";
import type { ComponentFace, DiffChange, DiffTopic, ShownComparison } from "#protocol";
import { facesByType } from "../model/canvas-model.ts";
import { type ComparedGraphs, compareGraphs } from "./compare-graphs.ts";

/** What the view knows, and what of it is looked at. */
export interface ComparisonModel {
  /** Null while nothing was told. */
  readonly shown: ShownComparison | null;
  /** Null where there is nothing to compare. */
  readonly graphs: ComparedGraphs | null;
  readonly components: ReadonlyMap<string, ComponentFace>;
  readonly arrangement: "union" | "sides";
  readonly hidden: ReadonlySet<DiffTopic>;
  /** The change that is looked at; null where a stage is that has none, or nothing. */
  readonly change: DiffChange | null;
  /** The stage that is looked at, by its id in the union. */
  readonly stage: string | null;
}

export const initialModel: ComparisonModel = {
  shown: null,
  graphs: null,
  components: new Map(),
  arrangement: "union",
  hidden: new Set(),
  change: null,
  stage: null,
};

/** The text that stands for a file that is not there. */
const NOTHING = "{}";

/** The model with another comparison; what was looked at still is, as far as it is in that. */
export function withShown(model: ComparisonModel, shown: ShownComparison): ComparisonModel {
  if (shown.kind === "refused" || !shown.answer.ok)
    return { ...model, shown, graphs: null, change: null, stage: null };
  const { before, after, answer, components } = shown;
  const graphs = compareGraphs(
    parsePipeline(before.text ?? NOTHING),
    parsePipeline(after.text ?? NOTHING),
    answer,
  );
  const change = answer.changes.find((each) => isSame(each, model.change)) ?? null;
  const stage = model.stage !== null && graphs.union.keyOf.has(model.stage) ? model.stage : null;
  return { ...model, shown, graphs, components: facesByType(components), change, stage };
}

function isSame(one: DiffChange, other: DiffChange | null): boolean {
  return one.kind === other?.kind && one.stage === other.stage && one.path === other.path;
}

/** All changes, those of the layout too. */
export function allChanges({ shown }: Pick<ComparisonModel, "shown">): readonly DiffChange[] {
  return shown?.kind === "compared" && shown.answer.ok ? shown.answer.changes : [];
}

/** Changes of a stage, or of the pipeline where there is none. */
export interface ChangeGroup {
  readonly stage: string | null;
  readonly changes: readonly DiffChange[];
}

/** The changes that are listed, those of a stage together, in the order in which the first of each comes. */
export function listedGroups(model: Pick<ComparisonModel, "shown" | "hidden">): readonly ChangeGroup[] {
  const groups = new Map<string | null, DiffChange[]>();
  for (const change of allChanges(model)) {
    if (change.topic === "layout" || model.hidden.has(change.topic)) continue;
    const group = groups.get(change.stage);
    if (group === undefined) groups.set(change.stage, [change]);
    else group.push(change);
  }
  return Array.from(groups, ([stage, changes]) => ({ stage, changes }));
}

/** The same in one list. */
export function listedChanges(model: Pick<ComparisonModel, "shown" | "hidden">): readonly DiffChange[] {
  return listedGroups(model).flatMap(({ changes }) => changes);
}

/** How many changes there are of each topic, in the order of the filters; topics without any are left out. */
export function topicCounts(model: Pick<ComparisonModel, "shown">): ReadonlyMap<DiffTopic, number> {
  const counts = new Map<DiffTopic, number>();
  for (const topic of TOPICS) {
    const count = allChanges(model).filter((change) => change.topic === topic).length;
    if (count > 0) counts.set(topic, count);
  }
  return counts;
}

const TOPICS: readonly DiffTopic[] = [
  "stages",
  "config",
  "prompts",
  "edges",
  "schemas",
  "order",
  "pipeline",
  "other",
  "outcomes",
  "inputs",
  "outputs",
];

/** The model with a change looked at, and its stage. */
export function lookedAt(model: ComparisonModel, change: DiffChange): ComparisonModel {
  return { ...model, change, stage: change.stage };
}

/** The model with a stage looked at, and the first of its changes that are listed. */
export function stageLookedAt(model: ComparisonModel, stage: string | null): ComparisonModel {
  if (stage === null) return { ...model, stage, change: null };
  const [first] = listedChanges(model).filter((change) => change.stage === stage);
  return { ...model, stage, change: first ?? null };
}

/** The change after the one that is looked at, or before it; from the last on to the first. Null where none is listed. */
export function stepFrom(model: ComparisonModel, to: "next" | "previous"): DiffChange | null {
  const listed = listedChanges(model);
  const at = model.change === null ? -1 : listed.indexOf(model.change);
  if (at < 0) return (to === "next" ? listed[0] : listed.at(-1)) ?? null;
  return listed[(at + (to === "next" ? 1 : -1) + listed.length) % listed.length] ?? null;
}

/** The model with changes of a topic listed, or no longer. */
export function withFilter(model: ComparisonModel, topic: DiffTopic): ComparisonModel {
  const hidden = new Set(model.hidden);
  if (!hidden.delete(topic)) hidden.add(topic);
  const change = model.change !== null && hidden.has(model.change.topic) ? null : model.change;
  return { ...model, hidden, change };
}
