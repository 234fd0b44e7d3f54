import type { Located, Stage } from "#core/pipeline";
import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import { isOwningArm, type PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** The stages that a branch, a loop or a try names exist, none is its own, and a body's stage is in no other body. */
export function* branchStages({ stage }: StageFacts, view: PipelineView): Iterable<Finding> {
  if (view.inherits) return;
  for (const { arm, stages } of stage.arms) {
    for (const entry of stages) {
      const finding = entryFinding(view, stage, arm, entry);
      if (finding !== undefined) yield { ...finding, severity: "error", span: entry.span };
    }
  }
}

function entryFinding(
  view: PipelineView,
  stage: Stage,
  arm: string,
  { value }: Located<string>,
): Pick<Finding, "code" | "message" | "related"> | undefined {
  if (value === stage.id) {
    const message = `The stage "${stage.id}" cannot be one of its own stages. Remove this entry.`;
    return { code: "self-dependency", message };
  }
  const named = view.find(value, stage);
  if (named === undefined) {
    const message = `There is no stage "${value}" to run here.${didYouMean(value, view.stageIds())}`;
    return { code: "unknown-branch-stage", message };
  }
  const [home] = view.ownersOf(named);
  if (!isOwningArm(arm) || home === undefined || (home.owner === stage && home.arm === arm)) return undefined;
  return {
    code: "stage-in-two-bodies",
    message: `"${value}" is a stage of "${home.owner.id}" (${home.arm}) already, and a stage can be in one place only.`,
    related: [{ message: "The other place", stage: home.owner.id, span: null }],
  };
}
