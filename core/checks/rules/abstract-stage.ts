import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** `abstract` is a place for a child pipeline to fill: only an abstract pipeline has one. */
export function* abstractStage({ stage }: StageFacts): Iterable<Finding> {
  if (stage.writtenType === null || stage.componentType !== "abstract") return;
  yield {
    rule: "abstract-stage",
    message: `The stage "${stage.id}" is left open for another pipeline to fill. Give it a component, or mark the pipeline with "abstract": true.`,
    span: stage.writtenType.span,
  };
}
