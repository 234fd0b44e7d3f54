import { parsePipeline } from "#core/pipeline";
import type { Branch, BranchMoved } from "./change.ts";

/**
 * Which stages are in another branch or body than before, whichever way that is written. `before` has the names of
 * `after` already.
 */
export function branchMoves(before: string, after: string): readonly BranchMoved[] {
  const old = branchesOf(before);
  const now = branchesOf(after);
  return [...now.branches].flatMap(([stage, to]): readonly BranchMoved[] => {
    const from = old.branches.get(stage) ?? null;
    if (!old.stages.has(stage) || from === null) return [];
    return from.owner === to.owner && from.arm === to.arm ? [] : [{ kind: "branch-moved", stage, from, to }];
  });
}

function branchesOf(text: string): {
  readonly stages: ReadonlySet<string>;
  readonly branches: ReadonlyMap<string, Branch>;
} {
  const { stages } = parsePipeline(text).pipeline;
  const branches = new Map<string, Branch>();
  for (const { id, arms } of stages)
    for (const { arm, stages: members } of arms)
      for (const { value } of members) branches.set(value, { owner: id, arm });
  return { stages: new Set(stages.map(({ id }) => id)), branches };
}
