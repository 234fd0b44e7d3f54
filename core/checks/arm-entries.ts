import { isOwningArm, type Located, type Stage } from "#core/pipeline";
import type { Finding } from "./finding.ts";
import type { PipelineView } from "./pipeline-view.ts";
import type { StageFacts } from "./stage-facts.ts";

/** An id that a branch, a loop or a try names, and what is wrong with it; undefined where nothing is. */
type ArmEntryFinding = (
  view: PipelineView,
  stage: Stage,
  arm: string,
  entry: Located<string>,
) => Omit<Finding, "span"> | undefined;

/** What is wrong with the stages that a branch, a loop or a try names; nothing where they may be a parent's. */
export function* eachArmEntry(
  { stage }: StageFacts,
  view: PipelineView,
  find: ArmEntryFinding,
): Iterable<Finding> {
  if (view.inherits) return;
  for (const { arm, stages } of stage.arms) {
    for (const entry of stages) {
      const finding = find(view, stage, arm, entry);
      if (finding !== undefined) yield { ...finding, span: entry.span };
    }
  }
}

/** Whether an arm of `stage` names a stage that has it inside. */
export function isAround(view: PipelineView, stage: Stage, arm: string, named: Stage): boolean {
  return isOwningArm(arm) && view.ownersOf(stage).some(({ owner }) => owner === named);
}
