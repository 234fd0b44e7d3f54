import type { Finding } from "../finding.ts";
import type { StageFacts } from "../stage-facts.ts";

/** A component that is known and does not run in this version. */
export function* componentNotAvailable({ stage, definition }: StageFacts): Iterable<Finding> {
  if (stage.writtenType === null || definition?.availability !== "planned") return;
  yield {
    rule: "component-not-available",
    message: `${definition.title} is read and shown, but does not run in this version: a run of this pipeline will not start.`,
    span: stage.writtenType.span,
  };
}
