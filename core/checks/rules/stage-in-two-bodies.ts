import { isOwningArm } from "#core/pipeline";
import { eachArmEntry, isAround } from "../arm-entries.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** The stage of a body is in no other body, and a branch enables stages of the place where it is. */
export function* stageInTwoBodies(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  yield* eachArmEntry(facts, view, (_, stage, arm, { value }) => {
    const named = view.find(value, stage);
    if (value === stage.id || named === undefined || isAround(view, stage, arm, named)) return undefined;
    const [home] = view.ownersOf(named);
    // What a branch enables is where the branching stage is.
    const here = isOwningArm(arm) ? { owner: stage, arm } : view.ownersOf(stage)[0];
    if (home?.owner === here?.owner && home?.arm === here?.arm) return undefined;
    const place = home === undefined ? "of the pipeline itself" : `of "${home.owner.id}" (${home.arm})`;
    return {
      rule: "stage-in-two-bodies",
      message: `"${value}" is a stage ${place} already, and a stage can be in one place only.`,
      ...(home === undefined
        ? {}
        : { related: [{ message: "The other place", stage: home.owner.id, span: null }] }),
    };
  });
}
