import { fieldNamed } from "#core/pipeline";
import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** What an abstract stage is configured with is for a component that is not known yet. */
export function* abstractStageHasConfig({ stage }: StageFacts): Iterable<Finding> {
  const config = fieldNamed(stage.fields, "config");
  if (stage.componentType !== "abstract" || config === undefined || stage.config.length === 0) return;
  yield {
    rule: "abstract-stage-has-config",
    message: `The stage "${stage.id}" is abstract, and its config is for a component that only the child names. Move it to the child's override.`,
    span: config.keySpan,
  };
}
