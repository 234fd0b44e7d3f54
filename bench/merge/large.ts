import { addStage, moveStage, removeStage, setConfig, together } from "./cases/edits.ts";
import { type Pipeline, pipelineOf, stageOf, written } from "./cases/pipelines.ts";
import { type Seeded, seeded } from "./cases/seeded.ts";

/** Texts of a large pipeline before and after, and how many stages were touched. */
export interface LargeDiff {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly touched: number;
}

const SEED = 20_261_127;

/** 5 % of the stages added and removed, edited, put elsewhere (goal D1). */
export function largeDiffs(stages: number): readonly LargeDiff[] {
  const random = seeded(SEED);
  const before = pipelineOf(random, stages);
  const part = Math.floor(stages / 20);
  return [
    { name: "added and removed", ...addedAndRemoved(random, before, part) },
    { name: "edited", after: edited(random, before, part), touched: part },
    { name: "put elsewhere", ...moved(random, before, part) },
  ].map(({ name, after, touched }) => ({ name, before: written(before), after: written(after), touched }));
}

/** Three texts of a large pipeline, where each side edited other stages and added one (goal D2). */
export function largeMerge(stages: number): {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
} {
  const random = seeded(SEED);
  const base = pipelineOf(random, stages);
  const half = Math.floor(stages / 2);
  const side = (from: number, name: string): string => {
    const some = random.some(base.stages.slice(from, from + half), Math.ceil(stages / 100));
    const edits = some.map(({ id }, index) => setConfig(id, "note", `${name} ${index}`));
    return written(together(...edits, addStage(stageOf(random, name, 2, []), some[0]?.id))(base));
  };
  return { base: written(base), ours: side(0, "ours"), theirs: side(half, "theirs") };
}

function addedAndRemoved(random: Seeded, before: Pipeline, part: number) {
  const gone = random.some(before.stages, Math.floor(part / 2));
  const left = before.stages.filter((stage) => !gone.includes(stage));
  const behind = random.some(left, part - gone.length);
  const additions = behind.map(({ id }, index) =>
    addStage(stageOf(random, `added_${index}`, index, [id]), id),
  );
  return { after: together(...gone.map(({ id }) => removeStage(id)), ...additions)(before), touched: part };
}

function edited(random: Seeded, before: Pipeline, part: number): Pipeline {
  return together(
    ...random.some(before.stages, part).map(({ id }, index) => setConfig(id, "max_tokens", 10_000 + index)),
  )(before);
}

function moved(random: Seeded, before: Pipeline, part: number) {
  const some = random.some(before.stages, part);
  const edits = some.map(({ id }) => moveStage(id, random.below(before.stages.length)));
  return { after: together(...edits)(before), touched: part };
}
