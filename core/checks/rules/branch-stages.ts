import { isOwningArm, type Located, type Stage } from "#core/pipeline";
import { didYouMean } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
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
  if (isOwningArm(arm) && view.ownersOf(stage).some(({ owner }) => owner === named)) {
    const message = `"${value}" has "${stage.id}" inside, so it cannot be inside that one. Remove this entry.`;
    return { code: "self-dependency", message };
  }
  const [home] = view.ownersOf(named);
  // What a branch enables is where the branching stage is.
  const here = isOwningArm(arm) ? { owner: stage, arm } : view.ownersOf(stage)[0];
  if (home?.owner === here?.owner && home?.arm === here?.arm) return undefined;
  const place = home === undefined ? "of the pipeline itself" : `of "${home.owner.id}" (${home.arm})`;
  return {
    code: "stage-in-two-bodies",
    message: `"${value}" is a stage ${place} already, and a stage can be in one place only.`,
    ...(home === undefined
      ? {}
      : { related: [{ message: "The other place", stage: home.owner.id, span: null }] }),
  };
}
