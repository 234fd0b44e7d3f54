import { nearest } from "#core/expressions";
import { eachArmEntry } from "../arm-entries.ts";
import { question, textFix } from "../did-you-mean.ts";
import type { Finding } from "../finding.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** The stages that a branch, a loop or a try names exist. */
export function* unknownBranchStage(facts: StageFacts, view: PipelineView): Iterable<Finding> {
  yield* eachArmEntry(facts, view, (_, stage, _arm, { value }) => {
    if (value === stage.id || view.find(value, stage) !== undefined) return undefined;
    const meant = nearest(value, view.stageIds());
    const message = `There is no stage "${value}" to run here.${question(meant)}`;
    return { rule: "unknown-branch-stage", message, ...textFix(meant) };
  });
}
