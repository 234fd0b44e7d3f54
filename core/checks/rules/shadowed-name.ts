import { expressionRoots, stageById } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import { loopVariables } from "../local-names.ts";
import type { PipelineView } from "../pipeline-view.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A name that hides another: a stage called as a root is, a loop variable called as either. */
export function* shadowedName({ stage }: StageFacts, view: PipelineView): Iterable<Finding> {
  if (expressionRoots.has(stage.id)) {
    yield {
      rule: "shadowed-name",
      message: `In expressions "${stage.id}" means something else, so this stage can be read only as "upstream.${stage.id}". Give it another id.`,
      span: stage.idSpan,
    };
  }
  if (!stage.arms.some(({ arm }) => arm === "loop")) return;
  for (const { name, written } of loopVariables(stage)) {
    const isStage = stageById(view.document, name) !== undefined;
    if (!isStage && !expressionRoots.has(name)) continue;
    yield {
      rule: "shadowed-name",
      message: `Inside the loop its variable "${name}" hides ${isStage ? "the stage" : "the name"} "${name}". Choose another name for the variable.`,
      span: written?.value.span ?? stage.idSpan,
    };
  }
}
