import { armAt } from "#core/pipeline";
import type { StageContent } from "../content/content.ts";
import { componentOf } from "../match/stage-features.ts";
import { addressOf, type Side } from "../three-way/decision.ts";
import type { Three } from "../three-way/merging.ts";
import { linksOf, type Mention, valueAt } from "./mentions.ts";
import type { SemanticRule } from "./orders.ts";

/**
 * A stage that one side removed and that is kept after all is in the branch in which the other side has it: to take it out
 * there was part of removing it, and outside it would run whatever the condition says. The stage's own decision tells it.
 */
export const keptArms: SemanticRule = ({ contents, merged, orders }) => {
  const stages: Three<ReadonlyMap<string, StageContent>> = {
    base: byKey(contents.base.stages),
    ours: byKey(contents.ours.stages),
    theirs: byKey(contents.theirs.stages),
  };
  const kept = new Map<string, Side>();
  for (const { id, key } of merged.stages) {
    if (id === null || !stages.base.has(key) || stages.ours.has(key) === stages.theirs.has(key)) continue;
    kept.set(id, stages.ours.has(key) ? "ours" : "theirs");
  }
  if (kept.size === 0) return [];
  for (const owner of merged.stages) {
    for (const side of ["ours", "theirs"] as const) {
      const there = stages[side].get(owner.key);
      if (there === undefined) continue;
      for (const { path, id } of armsOf(there, kept)) {
        // What the owner has become may own no branches.
        if (kept.get(id) !== side || armAt(componentOf(owner), path) === null) continue;
        const now = valueAt(owner.value, path);
        const isOneText = typeof valueAt(there.value, path) === "string";
        if (isOneText && (now === undefined || now === null))
          orders.forced.set(addressOf(owner.key, path), side);
        else if (!isOneText && !(Array.isArray(now) && now.includes(id)))
          orders.forced.set(addressOf(owner.key, [...path, id]), side);
      }
    }
  }
  return [];
};

function byKey(stages: readonly StageContent[]): ReadonlyMap<string, StageContent> {
  return new Map(stages.map((stage) => [stage.key, stage]));
}

function armsOf(stage: StageContent, names: ReadonlyMap<string, Side>): readonly Mention[] {
  return linksOf(stage, names).filter(({ kind }) => kind === "arm");
}
